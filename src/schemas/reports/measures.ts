import { Type } from '@fastify/type-provider-typebox'
import type { TInteger } from '@fastify/type-provider-typebox'

import { MEASURE_LABELS, MEASURE_MEANINGS } from '../../domain/reports/measure.ts'
import type { Counts, Measure } from '../../domain/reports/measure.ts'
import type { ReportColumn, ReportValue } from '../../domain/reports/report.ts'

/** How every report with measures is read, for its description. */
export const MEASURES_BASIS =
  'Each number counts leads. To list them, request the path in `leads` of the row with ' +
  '`&measure=` and the name of the number.'

/** Members of a response: a number for each measure. */
export function countMembers<M extends Measure>(measures: readonly M[]): Record<M, TInteger> {
  const members = measures.map((measure) => [
    measure,
    Type.Integer({ minimum: 0, description: MEASURE_MEANINGS[measure] })
  ])
  return Object.fromEntries(members) as Record<M, TInteger>
}

/** The same as columns of a table. */
export function countColumns(measures: readonly Measure[]): ReportColumn[] {
  return measures.map((measure) => ({
    key: measure,
    label: MEASURE_LABELS[measure],
    unit: 'leads'
  }))
}

export function countCells<M extends Measure>(
  measures: readonly M[],
  counts: Counts<M>
): ReportValue[] {
  return measures.map((measure) => counts[measure])
}

/** Numbers for examples. */
export function exampleCounts<M extends Measure>(measures: readonly M[]): Counts<M> {
  const counts = measures.map((measure, index) => [measure, Math.max(120 - 10 * index, 1)])
  return Object.fromEntries(counts) as Counts<M>
}
