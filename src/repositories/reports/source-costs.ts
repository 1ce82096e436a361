import { and, eq, gte, lte, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { sourceCosts, sources } from '../../database/schema.ts'
import type { SourceCost } from '../../domain/reports/source-cost.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { given, inIfGiven } from '../filters.ts'

/** Months as `YYYY-MM`, first and last included. */
interface SourceCostFilter {
  source?: readonly string[] | undefined
  from: string | null
  to: string | null
}

/** One page of costs, by source and month: the order of the primary key. */
export async function listSourceCosts(
  tx: Transaction,
  filter: SourceCostFilter,
  page: PageRequest
): Promise<Page<SourceCost>> {
  const { after } = page
  const rows = await selectCosts(tx)
    .where(
      and(
        conditions(tx, filter),
        after
          ? sql`(${sourceCosts.sourceId}, ${sourceCosts.month})
              > (${after.id}::uuid, ${after.at.toISOString().slice(0, 10)}::date)`
          : undefined
      )
    )
    .orderBy(sourceCosts.sourceId, sourceCosts.month)
    .limit(page.limit + 1)
  return toPage(rows.map(toCost), page, ({ source, month }) => ({
    at: new Date(firstDay(month)),
    id: source.id
  }))
}

/** All costs of a report's months: no more than its sources and months. */
export async function findSourceCosts(
  tx: Transaction,
  filter: SourceCostFilter
): Promise<SourceCost[]> {
  const rows = await selectCosts(tx).where(conditions(tx, filter))
  return rows.map(toCost)
}

/** The cost of a source in a month, locked until the transaction ends. */
export async function lockSourceCost(
  tx: Transaction,
  place: { sourceId: string; month: string }
): Promise<SourceCost | null> {
  const [row] = await selectCosts(tx).where(isCost(tx, place)).for('update', { of: sourceCosts })
  return row ? toCost(row) : null
}

/** Puts a cost in the place of the one there is, and returns it. */
export async function writeSourceCost(
  tx: Transaction,
  { sourceId, month, amount }: { sourceId: string; month: string; amount: string },
  now: Date
): Promise<SourceCost> {
  await tx.orm
    .insert(sourceCosts)
    .values({
      dealerId: tx.dealerId,
      sourceId,
      month: firstDay(month),
      amount,
      createdAt: now,
      updatedAt: now
    })
    .onConflictDoUpdate({
      target: [sourceCosts.dealerId, sourceCosts.sourceId, sourceCosts.month],
      set: { amount, version: sql`${sourceCosts.version} + 1`, updatedAt: now }
    })
  const written = await lockSourceCost(tx, { sourceId, month })
  if (!written) throw new Error('a cost that was written is not there')
  return written
}

export async function deleteSourceCost(
  tx: Transaction,
  place: { sourceId: string; month: string }
): Promise<void> {
  await tx.orm.delete(sourceCosts).where(isCost(tx, place))
}

function selectCosts(tx: Transaction) {
  return tx.orm
    .select({
      source: { id: sources.id, key: sources.key, name: sources.name },
      month: sourceCosts.month,
      amount: sourceCosts.amount,
      version: sourceCosts.version,
      createdAt: sourceCosts.createdAt,
      updatedAt: sourceCosts.updatedAt
    })
    .from(sourceCosts)
    .innerJoin(
      sources,
      and(eq(sources.dealerId, sourceCosts.dealerId), eq(sources.id, sourceCosts.sourceId))
    )
    .$dynamic()
}

function conditions(tx: Transaction, { source, from, to }: SourceCostFilter) {
  return and(
    eq(sourceCosts.dealerId, tx.dealerId),
    inIfGiven(sourceCosts.sourceId, source),
    given(from, (month) => gte(sourceCosts.month, firstDay(month))),
    given(to, (month) => lte(sourceCosts.month, firstDay(month)))
  )
}

function isCost(tx: Transaction, { sourceId, month }: { sourceId: string; month: string }) {
  return and(
    eq(sourceCosts.dealerId, tx.dealerId),
    eq(sourceCosts.sourceId, sourceId),
    eq(sourceCosts.month, firstDay(month))
  )
}

function firstDay(month: string): string {
  return `${month}-01`
}

/** The month's first day is how it is stored. */
function toCost(row: SourceCost): SourceCost {
  return { ...row, month: row.month.slice(0, 7) }
}
