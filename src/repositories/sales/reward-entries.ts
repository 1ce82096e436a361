import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { rewardEntries } from '../../database/schema.ts'
import type { RewardEntry } from '../../domain/sales/reward.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/** Writes lines into the ledger; nothing ever changes them. */
export async function insertRewardEntries(
  tx: Transaction,
  entries: readonly RewardEntry[]
): Promise<void> {
  if (entries.length === 0) return
  await tx.orm.insert(rewardEntries).values(
    entries.map(({ actor, ...entry }) => ({
      dealerId: tx.dealerId,
      ...entry,
      ...actorColumns(actor)
    }))
  )
}

/** One page of a promoter's ledger. */
export async function listRewardEntries(
  tx: Transaction,
  promoterId: string,
  page: PageRequest
): Promise<Page<RewardEntry>> {
  const rows = await tx.orm
    .select()
    .from(rewardEntries)
    .where(
      and(
        eq(rewardEntries.dealerId, tx.dealerId),
        eq(rewardEntries.promoterId, promoterId),
        afterId(rewardEntries.id, page)
      )
    )
    .orderBy(idOrder(rewardEntries.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(withActor), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}
