import type { Database, Transaction } from '../../database/client.ts'
import { holdsScope } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { actorOf } from '../../domain/events/event.ts'
import { forbidden, invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Sale, SaleStatus } from '../../domain/sales/sale.ts'
import { lockAssignee } from '../../repositories/access/assignees.ts'
import { saleStatusRecords } from '../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../repositories/sales/rewards.ts'
import { findSale, lockSale, updateSale } from '../../repositories/sales/sales.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { advanceRewards } from './steps/advance-rewards.ts'
import { refuseRevival } from './steps/refuse-revival.ts'
import { statusMove } from './steps/status-move.ts'

interface ChangeSale extends ChangeCommand {
  saleId: string
  /** Null: the sale keeps its status. */
  statusId: string | null
  /** The change of the sale as it is before. */
  change: (before: Sale) => Partial<Pick<Sale, 'amount' | 'vehicle' | 'userId'>>
  /** The user who gets the credit; undefined: no change. Only admins change it. */
  userId: string | null | undefined
}

/**
 * Changes a sale. A status of another group advances the reward of the sale. A cancelled sale counts again
 * where a new one could be recorded.
 */
export async function changeSale(db: Database, command: ChangeSale): Promise<Sale | Refusal> {
  const { principal, now, saleId, statusId, userId } = command
  if (userId !== undefined && !isAdmin(principal)) return forbidden('credit-needs-admin')
  return await write(db, command, async (tx) => {
    // The status before the sale, in the order in which a deletion of the status locks them.
    const status = statusId === null ? null : await saleStatusRecords.lock(tx, statusId, 'target')
    const refusal = status && (await refuseStatus(tx, principal, saleId, status))
    if (refusal) return refusal
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
    return await applyChange(tx, before, { status, change, actor: actorOf(principal), now })
  })
}

/** A sale that is cancelled is locked after its lead and opportunity, as new ones are. */
async function refuseStatus(
  tx: Transaction,
  principal: TenantPrincipal,
  saleId: string,
  to: SaleStatus
): Promise<Refusal | null> {
  const sale = to.group === 'cancelled' ? null : await findSale(tx, principal, saleId)
  const isRevived = sale?.status.group === 'cancelled' && sale.undoneAt === null
  return isRevived ? await refuseRevival(tx, sale) : null
}

async function applyChange(
  tx: Transaction,
  before: Sale,
  {
    status,
    change,
    actor,
    now
  }: {
    status: SaleStatus | null
    change: Partial<Pick<Sale, 'amount' | 'vehicle' | 'userId'>>
    actor: ReturnType<typeof actorOf>
    now: Date
  }
): Promise<Sale> {
  const fields = [...(status ? ['statusId'] : []), ...Object.keys(change)]
  const moved = status && status.id !== before.status.id ? status : null
  await recordEvents(tx, actor, now, [
    {
      type: 'sale.updated',
      subject: { type: 'sale', id: before.id },
      leadId: before.leadId,
      clientId: before.clientId,
      data: { fields, ...(moved && statusMove(before.status, moved)) }
    }
  ])
  const columns = { ...change, ...(moved && { statusId: moved.id }) }
  const sale = await updateSale(tx, before.id, columns, now)
  if (moved && moved.group !== before.status.group) {
    const rewards = await lockRewardsOfSales(tx, [sale.id])
    await advanceRewards(tx, rewards, { happening: `sale-${moved.group}`, actor, now })
  }
  return sale
}

function isAdmin(principal: TenantPrincipal): boolean {
  return principal.kind === 'key'
    ? holdsScope(principal.scopes, 'admin')
    : principal.role !== 'member'
}
