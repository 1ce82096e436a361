import type { Counts, Measure } from './measure.ts'
import { sumCounts } from './measure.ts'
import { monthsOf } from './period.ts'
import type { ReportMonth, ReportPeriod } from './period.ts'
import { shareOf } from './source-cost.ts'
import type { SourceCost } from './source-cost.ts'

/** A source as reports know it. */
export interface ReportSource {
  id: string
  key: string
  name: string
  active: boolean
}

/** Counted leads of a source, in one month of the period by its number, or in all of it: then 0. */
export interface SourceCounts<M extends Measure> {
  sourceId: string
  month: number
  counts: Counts<M>
}

/** How many of one source and month were deleted for one reason; null: none was given. */
export interface DeletionCount {
  sourceId: string
  month: number
  reason: string | null
  count: number
}

export interface SourceRow<M extends Measure> {
  source: ReportSource
  counts: Counts<M>
}

export interface SourceMonthRow<M extends Measure> extends SourceRow<M> {
  month: ReportMonth
}

export interface SourceDetailRow extends SourceMonthRow<Measure> {
  deletedByReason: Pick<DeletionCount, 'reason' | 'count'>[]
  /** How many were deleted for rarer reasons. */
  otherReasons: number
  cost: string | null
  costPerSale: string | null
}

/** How many reasons of deletion a report tells apart: people may give any text. */
export const MOST_REASONS = 50

/** A row for each source in use, those with the most leads first. */
export function rowsBySource<M extends Measure>(
  measures: readonly M[],
  sources: readonly ReportSource[],
  counted: readonly SourceCounts<M>[]
): SourceRow<M>[] {
  const bySource = new Map(counted.map(({ sourceId, counts }) => [sourceId, counts]))
  return sources
    .filter(({ id, active }) => active || bySource.has(id))
    .map((source) => ({
      source,
      counts: bySource.get(source.id) ?? sumCounts(measures, [])
    }))
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
}

function sizeOf({ counts }: { counts: Partial<Counts> }): number {
  return counts.received ?? 0
}

/**
 * A row for each month and source, those without leads too, so that no month is missing from a
 * drawing; sources are those in `used` and those with leads in the period.
 */
export function rowsByMonth<M extends Measure>(
  measures: readonly M[],
  known: { period: ReportPeriod; sources: readonly ReportSource[]; used?: readonly string[] },
  counted: readonly SourceCounts<M>[]
): SourceMonthRow<M>[] {
  const used = new Set([...(known.used ?? []), ...counted.map(({ sourceId }) => sourceId)])
  const sources = known.sources.filter(({ id }) => used.has(id))
  const byPlace = new Map(counted.map((row) => [placeKey(row), row.counts]))
  return monthsOf(known.period).flatMap((month, number) =>
    sources.map((source) => ({
      month,
      source,
      counts:
        byPlace.get(placeKey({ sourceId: source.id, month: number })) ?? sumCounts(measures, [])
    }))
  )
}

function placeKey({ sourceId, month }: { sourceId: string; month: number }): string {
  return `${month} ${sourceId}`
}

/**
 * The rows with why leads were deleted, and with what sources cost. A month's cost is for the whole of
 * it: a month of which the period has a part shows none.
 */
export function withDetail(
  rows: readonly SourceMonthRow<Measure>[],
  { deletions, costs }: { deletions: readonly DeletionCount[]; costs: readonly SourceCost[] }
): SourceDetailRow[] {
  const frequent = new Set(frequentReasons(deletions))
  const months = [...new Set(rows.map(({ month }) => month.month))]
  const byPlace = new Map<string, DeletionCount[]>()
  for (const deletion of deletions) {
    const key = placeKey(deletion)
    byPlace.set(key, [...(byPlace.get(key) ?? []), deletion])
  }
  const costByPlace = new Map(costs.map((cost) => [`${cost.month} ${cost.source.id}`, cost.amount]))
  return rows.map((row) => {
    const place = { sourceId: row.source.id, month: months.indexOf(row.month.month) }
    const deleted = byPlace.get(placeKey(place)) ?? []
    const told = deleted.filter(({ reason }) => frequent.has(reason))
    const cost = costByPlace.get(`${row.month.month} ${row.source.id}`)
    const known = row.month.isWhole && cost !== undefined ? cost : null
    return {
      ...row,
      deletedByReason: told.map(({ reason, count }) => ({ reason, count })),
      otherReasons: row.counts.deleted - told.reduce((sum, { count }) => sum + count, 0),
      cost: known,
      costPerSale: shareOf(known, row.counts.sold)
    }
  })
}

/** The most frequent reasons of all rows. */
function frequentReasons(deletions: readonly DeletionCount[]): (string | null)[] {
  const counts = new Map<string | null, number>()
  for (const { reason, count } of deletions) counts.set(reason, (counts.get(reason) ?? 0) + count)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([reason]) => reason)
}
