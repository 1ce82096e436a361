import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { sources } from '../../database/schema.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { fold } from '../../domain/text/fold.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

export async function insertSources(tx: Transaction, all: readonly Source[]): Promise<void> {
  const { dealerId } = tx
  const rows = all.map((source) => ({ dealerId, ...source, watchAt: source.createdAt }))
  await tx.orm.insert(sources).values(rows)
}

export async function listSources(
  tx: Transaction,
  filter: { active?: boolean | undefined },
  page: PageRequest
): Promise<Page<Source>> {
  const rows = await tx.orm
    .select()
    .from(sources)
    .where(
      and(
        eq(sources.dealerId, tx.dealerId),
        eqIfGiven(sources.active, filter.active),
        afterCursor(sources.createdAt, sources.id, page)
      )
    )
    .orderBy(...pageOrder(sources.createdAt, sources.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toSource), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export async function findSource(tx: Transaction, id: string, lock?: Lock): Promise<Source | null> {
  const query = tx.orm
    .select()
    .from(sources)
    .where(isRecord(tx, sources, id))
  const [row] = await lockedIf(query, lock, sources)
  return row ? toSource(row) : null
}

/** The source that senders name by this key. */
export async function findSourceByKey(tx: Transaction, key: string): Promise<Source | null> {
  const [row] = await tx.orm
    .select()
    .from(sources)
    .where(and(eq(sources.dealerId, tx.dealerId), eq(sources.key, key)))
  return row ? toSource(row) : null
}

/** The oldest active source of walk-ins, which is that of leads that users enter without one; null: there is none. */
export async function findWalkInSource(tx: Transaction): Promise<Source | null> {
  const [row] = await tx.orm
    .select()
    .from(sources)
    .where(
      and(
        eq(sources.dealerId, tx.dealerId),
        eq(sources.kind, sql`'walk_in'`),
        eq(sources.active, true)
      )
    )
    .orderBy(sources.createdAt, sources.id)
    .limit(1)
  return row ? toSource(row) : null
}

/** A refusal names so many sources that there are. */
const MAX_LISTED = 50

/** The keys of the oldest active sources, for a refusal. */
export async function listActiveSourceKeys(tx: Transaction): Promise<string[]> {
  const rows = await tx.orm
    .select({ key: sources.key })
    .from(sources)
    .where(and(eq(sources.dealerId, tx.dealerId), eq(sources.active, true)))
    .orderBy(sources.createdAt, sources.id)
    .limit(MAX_LISTED)
  return rows.map(({ key }) => key)
}

/** A dealer with more sources has to name them by their keys. */
const MAX_SPELLINGS = 1000

/** The source with this id, or whose key or, failing that, name is this text in another spelling: `Web Site` is `website`. */
export async function findSourceBySpelling(tx: Transaction, text: string): Promise<Source | null> {
  const rows = await tx.orm
    .select()
    .from(sources)
    .where(eq(sources.dealerId, tx.dealerId))
    .orderBy(sources.dealerId, sources.id)
    .limit(MAX_SPELLINGS)
  const wanted = spelling(text)
  const row =
    rows.find(({ id, key }) => key === text || id === text.toLowerCase()) ??
    rows.find(({ key }) => spelling(key) === wanted) ??
    rows.find(({ name }) => spelling(name) === wanted)
  return row && wanted !== '' ? toSource(row) : null
}

function spelling(text: string): string {
  return fold(text).replaceAll(' ', '')
}

/** Changes a locked source, which is then looked at anew, and returns it as it is now. */
export async function updateSource(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Source, 'name' | 'kind' | 'active' | 'lenient' | 'quietAfterHours'>>,
  now: Date
): Promise<Source> {
  const [row] = await tx.orm
    .update(sources)
    .set({ ...change, watchAt: now, version: sql`${sources.version} + 1`, updatedAt: now })
    .where(isRecord(tx, sources, id))
    .returning()
  if (!row) throw new Error('a locked source is gone')
  return toSource(row)
}

export function toSource(row: typeof sources.$inferSelect): Source {
  const { dealerId: _, watchAt: _watched, ...source } = row
  return source
}
