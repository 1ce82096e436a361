import { and, eq, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { rewardProgrammes } from '../../database/schema.ts'
import type { RewardProgramme } from '../../domain/sales/reward.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

export async function insertProgramme(tx: Transaction, programme: RewardProgramme): Promise<void> {
  await tx.orm.insert(rewardProgrammes).values({ dealerId: tx.dealerId, ...programme })
}

export async function listProgrammes(
  tx: Transaction,
  { active }: { active?: boolean | undefined },
  page: PageRequest
): Promise<Page<RewardProgramme>> {
  const rows = await tx.orm
    .select()
    .from(rewardProgrammes)
    .where(
      and(
        eq(rewardProgrammes.dealerId, tx.dealerId),
        eqIfGiven(rewardProgrammes.active, active),
        afterId(rewardProgrammes.id, page)
      )
    )
    .orderBy(idOrder(rewardProgrammes.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toProgramme), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export async function findProgramme(
  tx: Transaction,
  id: string,
  lock?: Lock
): Promise<RewardProgramme | null> {
  const query = tx.orm.select().from(rewardProgrammes).where(isProgramme(tx, id))
  const [row] = await lockedIf(query, lock, rewardProgrammes)
  return row ? toProgramme(row) : null
}

/** The one that sales are rewarded by at this moment, or null: none is. */
export async function findActiveProgramme(tx: Transaction): Promise<RewardProgramme | null> {
  const [row] = await tx.orm
    .select()
    .from(rewardProgrammes)
    .where(and(eq(rewardProgrammes.dealerId, tx.dealerId), rewardProgrammes.active))
  return row ? toProgramme(row) : null
}

/** Changes a locked programme and returns it as it is now. */
export async function updateProgramme(
  tx: Transaction,
  id: string,
  change: Partial<Omit<RewardProgramme, 'id' | 'version' | 'createdAt' | 'updatedAt'>>,
  now: Date
): Promise<RewardProgramme> {
  const [row] = await tx.orm
    .update(rewardProgrammes)
    .set({ ...change, version: sql`${rewardProgrammes.version} + 1`, updatedAt: now })
    .where(isProgramme(tx, id))
    .returning()
  if (!row) throw new Error('a locked programme is gone')
  return toProgramme(row)
}

/** Ends the active programme where it is another than this, and returns which it was. */
export async function deactivateOthers(
  tx: Transaction,
  id: string,
  now: Date
): Promise<string | null> {
  const [row] = await tx.orm
    .update(rewardProgrammes)
    .set({ active: false, version: sql`${rewardProgrammes.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(rewardProgrammes.dealerId, tx.dealerId),
        rewardProgrammes.active,
        ne(rewardProgrammes.id, id)
      )
    )
    .returning({ id: rewardProgrammes.id })
  return row?.id ?? null
}

function isProgramme(tx: Transaction, id: string): SQL | undefined {
  return isRecord(tx, rewardProgrammes, id)
}

function toProgramme({
  dealerId: _,
  ...row
}: typeof rewardProgrammes.$inferSelect): RewardProgramme {
  return row
}
