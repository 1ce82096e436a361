import { and, eq, or, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { statusReasons } from '../../database/schema.ts'
import type { ReasonedGroup, StatusReason } from '../../domain/dealers/status-reason.ts'
import { eqIfGiven, inIfGiven, isRecord } from '../filters.ts'
import { afterPlace, placeCursor, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

export async function insertStatusReasons(
  tx: Transaction,
  all: readonly StatusReason[]
): Promise<void> {
  await tx.orm.insert(statusReasons).values(all.map((one) => ({ dealerId: tx.dealerId, ...one })))
}

/** One page in the dealer's order. */
export async function listStatusReasons(
  tx: Transaction,
  filter: { group?: readonly ReasonedGroup[] | undefined; active?: boolean | undefined },
  page: PageRequest
): Promise<Page<StatusReason>> {
  const rows = await tx.orm
    .select()
    .from(statusReasons)
    .where(
      and(
        eq(statusReasons.dealerId, tx.dealerId),
        inIfGiven(statusReasons.group, filter.group),
        eqIfGiven(statusReasons.active, filter.active),
        afterPlace(statusReasons.position, statusReasons.id, page)
      )
    )
    .orderBy(statusReasons.position, statusReasons.id)
    .limit(page.limit + 1)
  return toPage(rows.map(toStatusReason), page, placeCursor)
}

export async function findStatusReason(
  tx: Transaction,
  id: string,
  lock?: Lock
): Promise<StatusReason | null> {
  const query = tx.orm
    .select()
    .from(statusReasons)
    .where(isRecord(tx, statusReasons, id))
  const [row] = await lockedIf(query, lock, statusReasons)
  return row ? toStatusReason(row) : null
}

/** The active reason of a group with this key or name, in any case. */
export async function findReasonByWord(
  tx: Transaction,
  group: ReasonedGroup,
  word: string
): Promise<StatusReason | null> {
  const folded = word.toLowerCase()
  const [row] = await tx.orm
    .select()
    .from(statusReasons)
    .where(
      and(
        eq(statusReasons.dealerId, tx.dealerId),
        eq(statusReasons.group, group),
        eq(statusReasons.active, true),
        or(eq(statusReasons.key, folded), eq(sql`lower(${statusReasons.name})`, folded))
      )
    )
    .orderBy(statusReasons.position, statusReasons.id)
    .limit(1)
  return row ? toStatusReason(row) : null
}

/** Changes a locked reason and returns it as it is now. */
export async function updateStatusReason(
  tx: Transaction,
  id: string,
  change: Partial<Pick<StatusReason, 'name' | 'position' | 'active'>>,
  now: Date
): Promise<StatusReason> {
  const [row] = await tx.orm
    .update(statusReasons)
    .set({ ...change, version: sql`${statusReasons.version} + 1`, updatedAt: now })
    .where(isRecord(tx, statusReasons, id))
    .returning()
  if (!row) throw new Error('a locked reason is gone')
  return toStatusReason(row)
}

/** How many reasons the dealer has, and the position after the last. */
export async function measureStatusReasons(
  tx: Transaction
): Promise<{ count: number; nextPosition: number }> {
  const [row] = await tx.orm
    .select({
      count: sql<number>`count(*)::int`,
      nextPosition: sql<number>`coalesce(max(${statusReasons.position}), -1)::int + 1`
    })
    .from(statusReasons)
    .where(eq(statusReasons.dealerId, tx.dealerId))
  return row ?? { count: 0, nextPosition: 0 }
}

function toStatusReason({ dealerId: _, ...row }: typeof statusReasons.$inferSelect): StatusReason {
  return row
}
