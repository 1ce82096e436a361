import { and, asc, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, sources } from '../../database/schema.ts'
import type { Measure } from '../../domain/reports/measure.ts'
import { monthsOf } from '../../domain/reports/period.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import type {
  DeletionCount,
  ReportSource,
  SourceCounts
} from '../../domain/reports/source-report.ts'
import { areMany, countQuery, deletionReason, measureCondition } from './measures.ts'
import { inIfGiven } from '../filters.ts'
import { countedLeads, periodLeads } from './report-filter.ts'

/** The dealer's sources by name, or those that the filter is about. */
export async function findReportSources(
  tx: Transaction,
  { sources: ofFilter }: ReportFilter
): Promise<ReportSource[]> {
  const { id, key, name, active } = sources
  return await tx.orm
    .select({ id, key, name, active })
    .from(sources)
    .where(
      and(
        eq(sources.dealerId, tx.dealerId),
        inIfGiven(
          id,
          ofFilter?.map((one) => one.id)
        )
      )
    )
    .orderBy(asc(name), asc(key))
}

/** Counts the leads that the filter lets through, by source and, if wanted, by month. */
export async function countBySource<M extends Measure>(
  tx: Transaction,
  { filter, measures, byMonth }: { filter: ReportFilter; measures: readonly M[]; byMonth: boolean }
): Promise<SourceCounts<M>[]> {
  const of = countedLeads(tx, filter)
  const keys = { sourceId: sql`${leads.sourceId}`, month: monthOf(filter, byMonth) }
  const { rows } = await tx.orm.execute<SourceCounts<M> & Record<string, unknown>>(
    countQuery(tx, { of, keys, measures, isMany: await areMany(tx, periodLeads(tx, filter)) })
  )
  return rows
}

/** Counts what was deleted by the reason it was deleted for, the most frequent first. */
export async function countDeletions(
  tx: Transaction,
  filter: ReportFilter
): Promise<DeletionCount[]> {
  const { rows } = await tx.orm.execute<DeletionCount & Record<string, unknown>>(sql`
    select source_id as "sourceId", month, reason, count(*)::int as count
    from (select ${leads.sourceId}, ${monthOf(filter, true)} as month, ${deletionReason()} as reason
      from ${leads} where ${countedLeads(tx, filter)} and ${measureCondition(tx, 'deleted')}) deleted
    group by source_id, month, reason
    order by count desc, reason`)
  return rows
}

/** By the months' first moments, so that there is one word on when a month begins. */
function monthOf({ period }: ReportFilter, byMonth: boolean): SQL {
  const [, ...starts] = monthsOf(period).map(({ start }) => start.toISOString())
  if (!byMonth || starts.length === 0) return sql`0`
  return sql`width_bucket(${leads.receivedAt}, ${sql.param(starts)}::timestamptz[])`
}
