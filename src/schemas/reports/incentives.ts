import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { sumAmounts } from '../../domain/reports/cents.ts'
import { INCENTIVE_MEASURES } from '../../domain/reports/incentive.ts'
import type { Earnings } from '../../domain/reports/incentive.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import { TEAM_LABELS } from '../../domain/reports/team.ts'
import { MoneySchema, ReferenceSchema, closed, ref } from '../shared.ts'
import { IncentiveMeasureWord } from './incentive-rates.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'
import { TEAM_LEADS_PATH } from './team.ts'
import { EXAMPLE_USER } from '../example-ids.ts'

export const IncentivesReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        {
          user: ref(ReferenceSchema),
          lines: Type.Array(
            Type.Object(
              {
                measure: IncentiveMeasureWord,
                count: Type.Number({
                  minimum: 0,
                  description: 'Whole, except for `creditedSales`.'
                }),
                rate: ref(MoneySchema, 'What one pays.'),
                amount: ref(MoneySchema, '`count` times `rate`.')
              },
              { ...closed }
            )
          ),
          total: ref(MoneySchema),
          leads: LeadsAddress
        },
        { ...closed }
      ),
      {
        description:
          'A row for each user who is active or has a number in the period, ordered by name.'
      }
    ),
    total: ref(MoneySchema, 'Of all rows.')
  },
  {
    $id: 'IncentivesReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            user: EXAMPLE_USER,
            lines: [
              {
                measure: 'appointmentsShown' as const,
                count: 12,
                rate: { amount: '25.00', currency: 'PLN' },
                amount: { amount: '300.00', currency: 'PLN' }
              }
            ],
            total: { amount: '300.00', currency: 'PLN' },
            leads: `/v1/reports/team/leads?from=2026-11-01&to=2026-11-30&user=${EXAMPLE_USER.id}`
          }
        ],
        total: { amount: '300.00', currency: 'PLN' }
      }
    ]
  }
)

export const incentivesReportSchemas = [IncentivesReportSchema]

/** The reward for a user's work. */
interface EarnedRow {
  user: Reference
  earnings: Earnings
}

/** The incentives report in all media types. */
export function presentIncentives(
  filter: ReportFilter,
  earned: readonly EarnedRow[],
  currency: string
): { report: Static<typeof IncentivesReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Incentives', filter)
  const money = (amount: string) => ({ amount, currency })
  const rows = earned.map(({ user, earnings }) => ({
    user,
    lines: earnings.lines.map(({ measure, count, rate, amount }) => ({
      measure,
      count,
      rate: money(rate),
      amount: money(amount)
    })),
    total: money(earnings.total),
    leads: leadsAddress({ ...filter, team: null, user }, {}, TEAM_LEADS_PATH)
  }))
  const total = money(sumAmounts(earned.map(({ earnings }) => earnings.total)))
  return {
    report: { ...presentReportHead(filter), rows, total },
    table: { name: 'incentives', title, columns: COLUMNS, rows: earned.map(cellsOf) },
    chart: {
      kind: 'bars',
      title,
      category: 'name',
      series: ['total'],
      splitBy: null,
      isStacked: false,
      currency
    }
  }
}

function cellsOf({ user, earnings }: EarnedRow) {
  const lines = earnings.lines.flatMap(({ count, rate, amount }) => [count, rate, amount])
  return [user.id, user.name, ...lines, earnings.total]
}

/** Each measure has three columns: how many, what one pays, and what they come to. */
const COLUMNS: ReportTable['columns'] = [
  { key: 'user', label: 'User', unit: 'text' },
  { key: 'name', label: 'Name', unit: 'text' },
  ...INCENTIVE_MEASURES.flatMap((measure) => {
    const unit = measure === 'creditedSales' ? ('count' as const) : ('leads' as const)
    const label = measure === 'creditedSales' ? 'Sales by credit' : TEAM_LABELS[measure]
    return [
      { key: measure, label, unit },
      { key: `${measure}Rate`, label: `${label}: rate`, unit: 'money' as const },
      { key: `${measure}Amount`, label: `${label}: amount`, unit: 'money' as const }
    ]
  }),
  { key: 'total', label: 'Total', unit: 'money' }
]
