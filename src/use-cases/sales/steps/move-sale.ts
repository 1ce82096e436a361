import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Sale, SaleStatus } from '../../../domain/sales/sale.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { updateSale } from '../../../repositories/sales/sales.ts'
import { advanceRewards } from './advance-rewards.ts'
import { statusMove } from './status-move.ts'

/** Changes a locked sale, with its reward where its status is of another group. */
export async function moveSale(
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
    actor: Actor
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
