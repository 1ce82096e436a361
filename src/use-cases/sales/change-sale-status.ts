import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { SaleStatus } from '../../domain/sales/sale.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../repositories/sales/rewards.ts'
import {
  deleteSaleStatus,
  hasOtherSaleStatusInGroup,
  lockTargetSaleStatus,
  updateSaleStatus
} from '../../repositories/sales/sale-statuses.ts'
import { countSalesWithStatus, moveSalesWithStatus } from '../../repositories/sales/status-sales.ts'
import type { MovedSale } from '../../repositories/sales/status-sales.ts'
import { advanceRewards } from './advance-rewards.ts'
import { statusMove } from './update-sale.ts'

/** What two changes of statuses at once must not both rely on: that another `open` one remains. */
export const SALE_STATUSES_LOCK = 'sale-statuses'

/** How many sales are moved by one statement, all of them within one transaction. */
const BATCH = 1_000

type Obstacle = { refusal: 'last-open' | 'unknown-replacement' } | { saleCount: number }

/**
 * Renames, recolours, moves or regroups a locked status. The last one of group `open` stays in it, for
 * new sales get it; one that sales have stays in its group, for what is owed hangs on it.
 */
export async function changeSaleStatus(
  tx: Transaction,
  before: SaleStatus,
  {
    change,
    actor,
    now
  }: {
    change: Partial<Pick<SaleStatus, 'name' | 'group' | 'color' | 'position'>>
    actor: Actor
    now: Date
  }
): Promise<{ status: SaleStatus } | Obstacle> {
  const to = change.group ?? before.group
  if (to !== before.group) {
    if (await isLastOpen(tx, before)) return { refusal: 'last-open' }
    const saleCount = await countSalesWithStatus(tx, before.id)
    if (saleCount > 0) return { saleCount }
  }
  await recordEvents(tx, actor, now, [
    {
      type: 'sale_status.updated',
      subject: { type: 'sale_status', id: before.id },
      data: {
        fields: Object.keys(change),
        ...(to === before.group ? {} : { fromGroup: before.group, toGroup: to })
      }
    }
  ])
  return { status: await updateSaleStatus(tx, before.id, change, now) }
}

/** Deletes a locked status; its sales go to the replacement, each with an event of its own. */
export async function removeSaleStatus(
  tx: Transaction,
  status: SaleStatus,
  { replacementId, actor, now }: { replacementId: string | null; actor: Actor; now: Date }
): Promise<'deleted' | Obstacle> {
  if (await isLastOpen(tx, status)) return { refusal: 'last-open' }
  let moved = 0
  if (replacementId === null) {
    const saleCount = await countSalesWithStatus(tx, status.id)
    if (saleCount > 0) return { saleCount }
  } else {
    const replacement =
      replacementId === status.id ? null : await lockTargetSaleStatus(tx, replacementId)
    if (!replacement) return { refusal: 'unknown-replacement' }
    moved = await moveAll(tx, { from: status, to: replacement }, { actor, now })
  }
  await deleteSaleStatus(tx, status.id)
  await recordEvents(tx, actor, now, [
    {
      type: 'sale_status.deleted',
      subject: { type: 'sale_status', id: status.id },
      data: { name: status.name, group: status.group, replacementId, saleCount: moved }
    }
  ])
  return 'deleted'
}

/** Whether new sales would be left without a status. */
async function isLastOpen(tx: Transaction, status: SaleStatus): Promise<boolean> {
  return status.group === 'open' && !(await hasOtherSaleStatusInGroup(tx, status))
}

/** Answers how many it moved. */
async function moveAll(
  tx: Transaction,
  { from, to }: { from: SaleStatus; to: SaleStatus },
  { actor, now }: { actor: Actor; now: Date }
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
      const rewards = await lockRewardsOfSales(tx, standing(moved))
      await advanceRewards(tx, rewards, { happening: `sale-${to.group}`, actor, now })
    }
  }
}

/** What was a mistake stays one, and its reward cancelled. */
function standing(moved: readonly MovedSale[]): string[] {
  return moved.flatMap(({ id, undoneAt }) => (undoneAt === null ? [id] : []))
}
