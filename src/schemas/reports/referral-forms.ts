import { REFERRAL_MEASURES, REWARD_STEPS } from '../../domain/reports/referral-report.ts'
import type { ReferralRow } from '../../domain/reports/referral-report.ts'
import type {
  ReportChart,
  ReportColumn,
  ReportFilter,
  ReportTable
} from '../../domain/reports/report.ts'
import { countCells, countColumns } from './measures.ts'
import { reportTitle } from './report-title.ts'

const NUMBERS: ReportColumn[] = [
  { key: 'visits', label: 'Visits', unit: 'count' },
  ...countColumns(REFERRAL_MEASURES),
  ...REWARD_STEPS.map((step) => ({ key: step, label: `Points ${step}`, unit: 'points' as const }))
]

function numberCells({ visits, counts, points }: ReferralRow) {
  return [
    visits,
    ...countCells(REFERRAL_MEASURES, counts),
    ...REWARD_STEPS.map((step) => points[step])
  ]
}

/** Promoters and what came of their leads, as rows and drawn. */
export function promoterForms(
  filter: ReportFilter,
  rows: readonly ReferralRow[]
): { table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Leads by promoter', filter)
  return {
    table: {
      name: 'promoters',
      title,
      columns: [
        { key: 'promoterId', label: 'Id', unit: 'text' },
        { key: 'promoter', label: 'Promoter', unit: 'text' },
        { key: 'user', label: 'Signed up by', unit: 'text' },
        ...NUMBERS
      ],
      rows: rows.map((row) => [row.id, row.name, row.user?.name ?? null, ...numberCells(row)])
    },
    chart: chartOf(title, 'promoter')
  }
}

/** The same of referral links. */
export function referralLinkForms(
  filter: ReportFilter,
  rows: readonly ReferralRow[]
): { table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Leads by referral link', filter)
  return {
    table: {
      name: 'referral-links',
      title,
      columns: [
        { key: 'referralLink', label: 'Link', unit: 'text' },
        { key: 'label', label: 'Label', unit: 'text' },
        { key: 'owner', label: 'Of', unit: 'text' },
        ...NUMBERS
      ],
      rows: rows.map((row) => [
        row.name,
        row.label,
        (row.promoter ?? row.user)?.name ?? null,
        ...numberCells(row)
      ])
    },
    chart: chartOf(title, 'referralLink')
  }
}

function chartOf(title: string, category: string): ReportChart {
  return {
    kind: 'bars',
    title,
    category,
    series: ['received', 'converted', 'sold'],
    splitBy: null,
    isStacked: false,
    currency: null
  }
}
