import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { holdFirstStatus } from '../../../repositories/sales/sale-statuses.ts'
import { lockSalesOfLeads, updateSale } from '../../../repositories/sales/sales.ts'
import { advanceRewards } from './advance-rewards.ts'
import { freeOpportunity } from './free-opportunity.ts'
import { statusMove } from './status-move.ts'

/**
 * Cancels the sales of locked leads, with their rewards and the opportunities that they won: the leads are
 * sold no more.
 */
export async function cancelSales(
  tx: Transaction,
  leadIds: readonly string[],
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const found = await lockSalesOfLeads(tx, leadIds)
  const standing = found.filter(({ status }) => status.group !== 'cancelled')
  if (standing.length === 0) return
  const status = await holdFirstStatus(tx, 'cancelled')
  if (!status) throw new Error('a dealer has no sale status of group cancelled')
  for (const { id } of standing) await updateSale(tx, id, { statusId: status.id }, now)
  await recordEvents(
    tx,
    actor,
    now,
    standing.map(({ id, leadId, clientId, status: from }) => ({
      type: 'sale.updated',
      subject: { type: 'sale', id },
      leadId,
      clientId,
      data: { fields: ['statusId'], ...statusMove(from, status) }
    }))
  )
  const saleIds = standing.map(({ id }) => id)
  const rewards = await lockRewardsOfSales(tx, saleIds)
  await advanceRewards(tx, rewards, { happening: 'sale-cancelled', actor, now })
  for (const sale of standing) await freeOpportunity(tx, { actor, now }, sale)
}
