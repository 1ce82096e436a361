import type { Transaction } from '../../../database/client.ts'
import type { SaleStatusGroup } from '../../../domain/sales/sale.ts'
import { saleStatusRecords } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import {
  countSalesWithStatus,
  moveSalesWithStatus
} from '../../../repositories/sales/status-sales.ts'
import type { StatusKind, StatusMove } from '../../dealers/steps/status-writes.ts'
import { advanceRewards } from './advance-rewards.ts'
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
  { from, to, actor, now }: StatusMove<SaleStatusGroup>
): Promise<number> {
  let count = 0
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
