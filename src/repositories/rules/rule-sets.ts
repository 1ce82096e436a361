import { and, eq, max, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { ruleSets } from '../../database/schema.ts'
import type { RuleSet, RuleSetKind, RuleSetState } from '../../domain/rules/rule-set.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

export async function insertRuleSet(tx: Transaction, ruleSet: RuleSet): Promise<void> {
  await tx.orm.insert(ruleSets).values({ dealerId: tx.dealerId, ...ruleSet })
}

/** One page of a dealer's versions of one kind. */
export async function listRuleSets(
  tx: Transaction,
  kind: RuleSetKind,
  { state }: { state?: RuleSetState | undefined },
  page: PageRequest
): Promise<Page<RuleSet>> {
  const rows = await tx.orm
    .select()
    .from(ruleSets)
    .where(
      and(
        eq(ruleSets.dealerId, tx.dealerId),
        eq(ruleSets.kind, kind),
        eqIfGiven(ruleSets.state, state),
        afterCursor(ruleSets.createdAt, ruleSets.id, page)
      )
    )
    .orderBy(...pageOrder(ruleSets.createdAt, ruleSets.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toRuleSet), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export async function findRuleSet(
  tx: Transaction,
  kind: RuleSetKind,
  id: string,
  lock?: Lock
): Promise<RuleSet | null> {
  const query = tx.orm
    .select()
    .from(ruleSets)
    .where(and(eq(ruleSets.dealerId, tx.dealerId), eq(ruleSets.kind, kind), eq(ruleSets.id, id)))
  const [row] = await lockedIf(query, lock, ruleSets)
  return row ? toRuleSet(row) : null
}

/** The published version; null before the first publication. */
export async function findPublishedRuleSet(
  tx: Transaction,
  kind: RuleSetKind
): Promise<RuleSet | null> {
  const [row] = await tx.orm
    .select()
    .from(ruleSets)
    .where(
      and(
        eq(ruleSets.dealerId, tx.dealerId),
        eq(ruleSets.kind, kind),
        eq(ruleSets.state, 'published')
      )
    )
  return row ? toRuleSet(row) : null
}

/** Changes a locked version and returns it. */
export async function updateRuleSet(
  tx: Transaction,
  id: string,
  change: Partial<Pick<RuleSet, 'state' | 'number' | 'note' | 'content' | 'publishedAt'>>,
  now: Date
): Promise<RuleSet> {
  const [row] = await tx.orm
    .update(ruleSets)
    .set({ ...change, version: sql`${ruleSets.version} + 1`, updatedAt: now })
    .where(isRecord(tx, ruleSets, id))
    .returning()
  if (!row) throw new Error('a locked rule set is gone')
  return toRuleSet(row)
}

/** Supersedes the published version, if there is one. */
export async function supersedePublished(
  tx: Transaction,
  kind: RuleSetKind,
  now: Date
): Promise<void> {
  await tx.orm
    .update(ruleSets)
    .set({ state: 'superseded', version: sql`${ruleSets.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(ruleSets.dealerId, tx.dealerId),
        eq(ruleSets.kind, kind),
        eq(ruleSets.state, 'published')
      )
    )
}

/** The number of the latest publication of a kind; 0 before the first. */
export async function findLatestNumber(tx: Transaction, kind: RuleSetKind): Promise<number> {
  const [row] = await tx.orm
    .select({ number: max(ruleSets.number) })
    .from(ruleSets)
    .where(and(eq(ruleSets.dealerId, tx.dealerId), eq(ruleSets.kind, kind)))
  return row?.number ?? 0
}

export async function deleteRuleSet(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(ruleSets).where(isRecord(tx, ruleSets, id))
}

function toRuleSet({ dealerId: _, ...ruleSet }: typeof ruleSets.$inferSelect): RuleSet {
  return ruleSet
}
