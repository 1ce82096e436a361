import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { rewardEntries, rewards } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Reward, RewardState, RewardTotals } from '../../domain/sales/reward.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { forMembers } from '../for-members.ts'
import { ofVisiblePromoter } from '../visible-promoters.ts'
import { inIfGiven, isRecord } from '../filters.ts'

export async function insertRewards(tx: Transaction, all: readonly Reward[]): Promise<void> {
  if (all.length === 0) return
  await tx.orm.insert(rewards).values(all.map((reward) => ({ dealerId: tx.dealerId, ...reward })))
}

/** The filters of a list of rewards. A record must match all given filters. */
interface RewardFilter {
  state?: readonly RewardState[] | undefined
  promoter?: readonly string[] | undefined
}

/** One page of rewards, as far as this caller sees their promoters. */
export async function listRewards(
  tx: Transaction,
  principal: TenantPrincipal,
  { state, promoter }: RewardFilter,
  page: PageRequest
): Promise<Page<Reward>> {
  const conditions = [
    visibleRewards(tx, principal),
    inIfGiven(rewards.state, state),
    inIfGiven(rewards.promoterId, promoter)
  ]
  const rows = await tx.orm
    .select()
    .from(rewards)
    .where(and(eq(rewards.dealerId, tx.dealerId), ...conditions, afterId(rewards.id, page)))
    .orderBy(idOrder(rewards.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toReward), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** The reward, or null where this caller does not see its promoter. */
export async function findReward(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string,
  lock?: Lock
): Promise<Reward | null> {
  const query = tx.orm
    .select()
    .from(rewards)
    .where(and(isRecord(tx, rewards, id), visibleRewards(tx, principal)))
  const [row] = await lockedIf(query, lock, rewards)
  return row ? toReward(row) : null
}

/** The rewards of these sales, which are locked, and locked until the transaction ends themselves. */
export async function lockRewardsOfSales(
  tx: Transaction,
  saleIds: readonly string[]
): Promise<Reward[]> {
  if (saleIds.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(rewards)
    .where(and(eq(rewards.dealerId, tx.dealerId), inArray(rewards.saleId, [...saleIds])))
    .orderBy(rewards.id)
    .for('update')
  return rows.map(toReward)
}

/** Gives locked rewards a state, and how they were paid where they were. */
export async function updateRewards(
  tx: Transaction,
  ids: readonly string[],
  change: Pick<Reward, 'state'> & Partial<Pick<Reward, 'paymentReference'>>,
  now: Date
): Promise<void> {
  await tx.orm
    .update(rewards)
    .set({ ...change, version: sql`${rewards.version} + 1`, updatedAt: now })
    .where(and(eq(rewards.dealerId, tx.dealerId), inArray(rewards.id, [...ids])))
}

/** The totals of a promoter's rewards: one index scan in each of two indexes. */
export async function findRewardTotals(tx: Transaction, promoterId: string): Promise<RewardTotals> {
  const pointsOf = (state: RewardState) =>
    sql<number>`coalesce(sum(${rewards.points}) filter (where ${rewards.state} = ${state}), 0)::int`
  const balance = sql<number>`(select coalesce(sum(e.points), 0)::int from ${rewardEntries} e
    where e.dealer_id = ${tx.dealerId} and e.promoter_id = ${promoterId})`
  const [totals] = await tx.orm
    .select({
      eligible: pointsOf('eligible'),
      approved: pointsOf('approved'),
      paid: pointsOf('paid'),
      balance
    })
    .from(rewards)
    .where(and(eq(rewards.dealerId, tx.dealerId), eq(rewards.promoterId, promoterId)))
  return totals ?? { eligible: 0, approved: 0, paid: 0, balance: 0 }
}

/** Members see rewards of promoters they signed up. */
function visibleRewards(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, () => ofVisiblePromoter(tx, rewards, principal))
}

function toReward({ dealerId: _, ...reward }: typeof rewards.$inferSelect): Reward {
  return reward
}
