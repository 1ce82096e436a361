import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { sumCounts } from '../../domain/reports/measure.ts'
import type { Counts, Measure } from '../../domain/reports/measure.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import type { SourceMonthRow } from '../../domain/reports/source-report.ts'
import { closed } from '../shared.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { countCells, countColumns, countMembers, exampleCounts } from './measures.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { EXAMPLE_SOURCE, Month, ReportedSource } from './source-cost.ts'

/** The measures of the brief report; the detailed one has all. */
export const MONTH_MEASURES = ['received', 'duplicate', 'converted', 'sold'] as const
type MonthMeasure = (typeof MONTH_MEASURES)[number]

const EXAMPLE_LEADS = '/v1/reports/leads?from=2026-11-01&to=2026-11-30'

export const SourcesByMonthReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        {
          month: Month(
            'The month in the dealer’s time zone. The period may include only a part of the ' +
              'first and the last month.'
          ),
          source: ReportedSource,
          ...countMembers(MONTH_MEASURES),
          leads: LeadsAddress
        },
        { ...closed }
      ),
      {
        description:
          'A row for each month and each source with leads in the period, ordered by month ' +
          'and source.'
      }
    ),
    total: Type.Object({ ...countMembers(MONTH_MEASURES), leads: LeadsAddress }, { ...closed })
  },
  {
    $id: 'SourcesByMonthReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            month: '2026-11',
            source: EXAMPLE_SOURCE,
            ...exampleCounts(MONTH_MEASURES),
            leads: `${EXAMPLE_LEADS}&source=autotrader`
          }
        ],
        total: { ...exampleCounts(MONTH_MEASURES), leads: EXAMPLE_LEADS }
      }
    ]
  }
)

export const sourcesByMonthSchemas = [SourcesByMonthReportSchema]

/** How many leads each source brought in each month, in all its forms. */
export function presentSourcesByMonth(
  filter: ReportFilter,
  rows: readonly SourceMonthRow<MonthMeasure>[]
): { report: Static<typeof SourcesByMonthReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Leads by source and month', filter)
  const report = {
    ...presentReportHead(filter),
    rows: rows.map((row) => presentMonthRow(filter, row)),
    total: presentTotal(MONTH_MEASURES, filter, rows)
  }
  return {
    report,
    table: {
      name: 'sources-by-month',
      title,
      columns: [...MONTH_COLUMNS, ...countColumns(MONTH_MEASURES)],
      rows: rows.map((row) => [...monthCells(row), ...countCells(MONTH_MEASURES, row.counts)])
    },
    chart: {
      kind: 'lines',
      title,
      category: 'month',
      series: ['received'],
      splitBy: 'sourceName',
      isStacked: false,
      currency: null
    }
  }
}

/** The first columns of a table by month and source. */
export const MONTH_COLUMNS: ReportTable['columns'] = [
  { key: 'month', label: 'Month', unit: 'text' },
  { key: 'source', label: 'Source', unit: 'text' },
  { key: 'sourceName', label: 'Name', unit: 'text' }
]

export function monthCells({
  month,
  source
}: Pick<SourceMonthRow<Measure>, 'month' | 'source'>): string[] {
  return [month.month, source.key, source.name]
}

/** One row by month and source, with the address of its leads. */
export function presentMonthRow<M extends Measure>(
  filter: ReportFilter,
  { month, source: { id, key, name }, counts }: SourceMonthRow<M>
) {
  const source = { id, key, name }
  const leads = leadsAddress({ ...filter, period: month, sources: [source] })
  return { month: month.month, source, ...counts, leads }
}

export function presentTotal<M extends Measure>(
  measures: readonly M[],
  filter: ReportFilter,
  rows: readonly { counts: Counts<M> }[]
) {
  const sums = sumCounts(
    measures,
    rows.map(({ counts }) => counts)
  )
  return { ...sums, leads: leadsAddress(filter) }
}
