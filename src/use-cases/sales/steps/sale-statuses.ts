import type { Transaction } from '../../../database/client.ts'
import type { SaleStatusGroup } from '../../../domain/sales/sale.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { saleStatusRecords } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { lockSaleById } from '../../../repositories/sales/sales.ts'
import {
  countSalesWithStatus,
  findSalesWithStatus,
  moveSalesWithStatus
} from '../../../repositories/sales/status-sales.ts'
import type { StatusKind, StatusMove } from '../../dealers/steps/status-writes.ts'
import { advanceRewards } from './advance-rewards.ts'
import { carrySale, holdCarried } from './carry-sale.ts'
import { moveSale } from './move-sale.ts'
import { statusMove } from './status-move.ts'

export const SALE_STATUSES: StatusKind<SaleStatusGroup> = {
  noun: 'sale status',
  subject: 'sale_status',
  records: saleStatusRecords,
  lock: 'sale-statuses',
  // New sales get the first status of the one group, those of lost leads of the other.
  neededGroups: ['open', 'cancelled'],
  // The group decides what is owed.
  mayRegroup: () => false,
  countUses: countSalesWithStatus,
  inUse: (saleCount) => ({ refusal: 'sale-status-in-use', saleCount }),
  unknown: 'unknown-sale-status',
  movedCount: 'saleCount',
  moveAll: moveSales
}

/** How many sales are moved by one statement, all of them within one transaction. */
const BATCH = 1_000

async function moveSales(
  tx: Transaction,
  move: StatusMove<SaleStatusGroup>
): Promise<number | Refusal> {
  const { from, to, actor, now } = move
  let count = 0
  if (from.group !== to.group && [from.group, to.group].includes('cancelled')) {
    const carried = await moveWithLeads(tx, move)
    if (isRefusal(carried)) return carried
    count += carried
  }
  for (;;) {
    const moved = await moveSalesWithStatus(tx, { from: from.id, to: to.id, limit: BATCH, now })
    if (moved.length === 0) return count
    count += moved.length
    const data = { fields: ['statusId'], ...statusMove(from, to) }
    await recordEvents(
      tx,
      actor,
      now,
      moved.map(({ id, leadId, clientId }) => ({
        type: 'sale.updated',
        subject: { type: 'sale', id },
        leadId,
        clientId,
        data
      }))
    )
    if (from.group !== to.group) {
      // A sale recorded by mistake stays undone, and its reward cancelled.
      const saleIds = moved.flatMap(({ id, undoneAt }) => (undoneAt === null ? [id] : []))
      const rewards = await lockRewardsOfSales(tx, saleIds)
      await advanceRewards(tx, rewards, { happening: `sale-${to.group}`, actor, now })
    }
  }
}

/** Sales that are cancelled, or count again, move with their leads and opportunities, one by one. */
async function moveWithLeads(
  tx: Transaction,
  { from, to, actor, now, mailDomain }: StatusMove<SaleStatusGroup>
): Promise<number | Refusal> {
  const found = await findSalesWithStatus(tx, from.id)
  for (const sale of found) {
    const carried = await holdCarried(tx, sale, to)
    if (isRefusal(carried)) return carried
    const before = await lockSaleById(tx, sale.id)
    if (!carried || before?.status.id !== from.id) continue
    const after = await moveSale(tx, before, { status: to, change: {}, actor, now })
    await carrySale(tx, after, carried, { actor, now, mailDomain })
  }
  return found.length
}
