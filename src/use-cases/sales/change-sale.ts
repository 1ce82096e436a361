import type { Database } from '../../database/client.ts'
import { holdsScope } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { actorOf } from '../../domain/events/event.ts'
import { forbidden, invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { lockAssignee } from '../../repositories/access/assignees.ts'
import { saleStatusRecords } from '../../repositories/dealers/status-records.ts'
import { findSale, lockSale } from '../../repositories/sales/sales.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { tellOfSale } from '../notifications/steps/tell-of-sales.ts'
import { carrySale, holdCarried } from './steps/carry-sale.ts'
import { moveSale } from './steps/move-sale.ts'
import { refuseSoldVehicle } from './steps/refuse-sold-vehicle.ts'
import type { Duplicates } from './steps/refuse-sold-vehicle.ts'

interface ChangeSale extends ChangeCommand, Duplicates {
  saleId: string
  /** Null: the sale keeps its status. */
  statusId: string | null
  /** The change of the sale as it is before. */
  change: (before: Sale) => Partial<Pick<Sale, 'amount' | 'vehicle' | 'userId'>>
  /** The user who gets the credit; undefined: no change. Only admins change it. */
  userId: string | null | undefined
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Changes a sale. A status of another group advances the reward of the sale. The lead and the opportunity of
 * a sale that is cancelled go back to where they stood before it; a cancelled one counts again where a new
 * one could be recorded. Refused where another sale has its vehicle then, unless that is allowed.
 */
export async function changeSale(db: Database, command: ChangeSale): Promise<Sale | Refusal> {
  const { principal, now, saleId, statusId, userId, mailDomain } = command
  if (userId !== undefined && !isAdmin(principal)) return forbidden('credit-needs-admin')
  return await write(db, command, async (tx) => {
    // The status before the sale, in the order in which a deletion of the status locks them.
    const status = statusId === null ? null : await saleStatusRecords.lock(tx, statusId, 'target')
    const seen = status && (await findSale(tx, principal, saleId))
    const carried = seen && (await holdCarried(tx, seen, status))
    if (isRefusal(carried)) return carried
    const before = expected(command, await lockSale(tx, principal, saleId), 'sale')
    if (isRefusal(before)) return before
    if (statusId !== null && !status) return invalid('/statusId', 'unknown-status')
    if (before.undoneAt) return { refusal: 'sale-undone' }
    if (typeof userId === 'string' && (await lockAssignee(tx, userId))?.active !== true) {
      return invalid('/userId', 'unknown-user')
    }
    const change = {
      ...command.change(before),
      ...(userId === undefined ? {} : { userId })
    }
    const actor = actorOf(principal)
    const sale = await moveSale(tx, before, { status, change, actor, now })
    if (carried) {
      await carrySale(tx, sale, carried, { actor, now, mailDomain })
      const state = carried.isRevived ? 'recorded' : 'cancelled'
      await tellOfSale(tx, { leadId: sale.leadId, state }, { actor, now, mailDomain })
    }
    const isCompared = 'vehicle' in change || before.status.group === 'cancelled'
    const sold = isCompared ? await refuseSoldVehicle(tx, principal, sale, command) : null
    return sold ?? sale
  })
}

function isAdmin(principal: TenantPrincipal): boolean {
  return principal.kind === 'key'
    ? holdsScope(principal.scopes, 'admin')
    : principal.role !== 'member'
}
