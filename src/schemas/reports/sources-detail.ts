import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { MEASURES } from '../../domain/reports/measure.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import { shareOf, sumOf } from '../../domain/reports/source-cost.ts'
import { MOST_REASONS } from '../../domain/reports/source-report.ts'
import type { SourceDetailRow } from '../../domain/reports/source-report.ts'
import { MoneySchema, closed, nullable, ref } from '../shared.ts'
import { LeadsAddress } from './leads-address.ts'
import { countCells, countColumns, countMembers, exampleCounts } from './measures.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { EXAMPLE_SOURCE, Month, ReportedSource } from './source-cost.ts'
import { MONTH_COLUMNS, monthCells, presentMonthRow, presentTotal } from './sources-by-month.ts'

const costMembers = {
  cost: nullable(ref(MoneySchema)),
  costPerSale: nullable(ref(MoneySchema))
}

export const SourcesDetailReportSchema = Type.Object(
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
          ...countMembers(MEASURES),
          deletedByReason: Type.Array(
            Type.Object(
              { reason: nullable(Type.String()), count: Type.Integer({ minimum: 1 }) },
              { ...closed }
            ),
            {
              maxItems: MOST_REASONS,
              description:
                'Deleted leads by reason. To list them, add `&measure=deleted&reason=` and ' +
                'the reason to `leads`; an empty reason lists the leads without one (null). ' +
                '`status_deleted` means that the status of the lead was deleted.'
            }
          ),
          otherReasons: Type.Integer({
            minimum: 0,
            description: `Deleted leads whose reason is not one of the ${MOST_REASONS} most frequent.`
          }),
          ...costMembers,
          leads: LeadsAddress
        },
        { ...closed }
      ),
      {
        description:
          'A row for each month and each source with leads or costs in the period, ordered ' +
          'by month and source.'
      }
    ),
    total: Type.Object(
      { ...countMembers(MEASURES), ...costMembers, leads: LeadsAddress },
      { ...closed }
    )
  },
  {
    $id: 'SourcesDetailReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            month: '2026-11',
            source: EXAMPLE_SOURCE,
            ...exampleCounts(MEASURES),
            deletedByReason: [{ reason: 'Spam', count: 10 }],
            otherReasons: 0,
            cost: { amount: '1200.00', currency: 'PLN' },
            costPerSale: { amount: '40.00', currency: 'PLN' },
            leads: '/v1/reports/leads?from=2026-11-01&to=2026-11-30&source=autotrader'
          }
        ],
        total: {
          ...exampleCounts(MEASURES),
          cost: { amount: '1200.00', currency: 'PLN' },
          costPerSale: { amount: '40.00', currency: 'PLN' },
          leads: '/v1/reports/leads?from=2026-11-01&to=2026-11-30'
        }
      }
    ]
  }
)

export const sourcesDetailSchemas = [SourcesDetailReportSchema]

/** Everything that came of each source's leads of each month, in all its forms. */
export function presentSourcesDetail(
  filter: ReportFilter,
  rows: readonly SourceDetailRow[],
  currency: string
): { report: Static<typeof SourcesDetailReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Sales by source and month', filter)
  const money = (amount: string | null) => (amount === null ? null : { amount, currency })
  const total = presentTotal(MEASURES, filter, rows)
  const cost = sumOf(rows.map((row) => row.cost))
  return {
    report: {
      ...presentReportHead(filter),
      rows: rows.map((row) => ({
        ...presentMonthRow(filter, row),
        deletedByReason: row.deletedByReason,
        otherReasons: row.otherReasons,
        cost: money(row.cost),
        costPerSale: money(row.costPerSale)
      })),
      total: {
        ...total,
        cost: money(cost),
        costPerSale: money(shareOf(cost, soldWithCost(rows)))
      }
    },
    table: {
      name: 'sources-by-month-detail',
      title: reportTitle('Leads by source and month in detail', filter),
      columns: [
        ...MONTH_COLUMNS,
        ...countColumns(MEASURES),
        { key: 'deletedByReason', label: 'Deleted by reason', unit: 'text' },
        { key: 'cost', label: 'Cost', unit: 'money' },
        { key: 'costPerSale', label: 'Cost per sale', unit: 'money' }
      ],
      rows: rows.map((row) => [
        ...monthCells(row),
        ...countCells(MEASURES, row.counts),
        row.deletedByReason.map(({ reason, count }) => `${reason ?? '-'}: ${count}`).join('; '),
        row.cost,
        row.costPerSale
      ])
    },
    chart: {
      kind: 'columns',
      title,
      category: 'month',
      series: ['sold'],
      splitBy: 'sourceName',
      isStacked: true,
      currency: null
    }
  }
}

/** Sales of months whose cost is known: others would make the rest look cheap. */
function soldWithCost(rows: readonly SourceDetailRow[]): number {
  return rows.reduce((sum, { cost, counts }) => sum + (cost === null ? 0 : counts.sold), 0)
}
