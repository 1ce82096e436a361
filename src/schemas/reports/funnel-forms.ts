import type { Static } from '@fastify/type-provider-typebox'

import { NO_STAYS, STEP_LABELS } from '../../domain/reports/funnel.ts'
import type { FunnelLevel, FunnelPlaceRow, FunnelReport } from '../../domain/reports/funnel.ts'
import type { ReportChart, ReportFilter, ReportTable } from '../../domain/reports/report.ts'
import { FUNNEL_LEADS_PATH } from './funnel.ts'
import type { FunnelReportSchema } from './funnel.ts'
import { leadsAddress } from './leads-address.ts'
import { presentReportHead } from './report-filter.ts'
import { reportTitle } from './report-title.ts'

/** How far leads came and how long they stood where; as a table and drawn, one level of it. */
export function presentFunnel(
  filter: ReportFilter,
  level: FunnelLevel,
  found: FunnelReport
): { report: Static<typeof FunnelReportSchema>; table: ReportTable; chart: ReportChart } {
  const title = reportTitle('Funnel', filter)
  const address = (row: Record<string, string>) => leadsAddress(filter, row, FUNNEL_LEADS_PATH)
  return {
    report: {
      ...presentReportHead(filter),
      steps: found.steps.map((row) => ({ ...row, leads: address({ step: row.step }) })),
      groups: found.groups.map(({ group, ...row }) => ({
        group,
        ...row,
        leads: address({ group })
      })),
      statuses: found.statuses.map(({ status, ...row }) => ({
        status,
        ...row,
        leads: address({ status: status.id })
      }))
    },
    table: { name: 'funnel', title, columns: COLUMNS, rows: rowsOf(level, found) },
    chart: {
      kind: 'bars',
      title,
      category: 'name',
      series: level === 'step' ? ['entered'] : ['entered', 'standing'],
      splitBy: null,
      isStacked: false,
      currency: null
    }
  }
}

const STAY_WORDS = { ended: 'over', lasting: 'lasting' } as const

const COLUMNS: ReportTable['columns'] = [
  { key: 'key', label: 'Key', unit: 'text' },
  { key: 'name', label: 'Name', unit: 'text' },
  { key: 'entered', label: 'Have been there', unit: 'leads' },
  { key: 'ofReceived', label: 'Of all', unit: 'percent' },
  { key: 'ofStepBefore', label: 'Of the step before', unit: 'percent' },
  { key: 'standing', label: 'Are there', unit: 'leads' },
  ...(['ended', 'lasting'] as const).flatMap((stays) => [
    { key: stays, label: `Stays ${STAY_WORDS[stays]}`, unit: 'count' as const },
    { key: `${stays}Mean`, label: `Mean, ${STAY_WORDS[stays]}`, unit: 'seconds' as const },
    { key: `${stays}Median`, label: `Median, ${STAY_WORDS[stays]}`, unit: 'seconds' as const },
    { key: `${stays}P90`, label: `90th percentile, ${STAY_WORDS[stays]}`, unit: 'seconds' as const }
  ])
]

/** A step is no place to stand in: there it says nothing of that. */
function rowsOf(level: FunnelLevel, { steps, groups, statuses }: FunnelReport) {
  switch (level) {
    case 'step':
      return steps.map(({ step, entered, ofReceived, ofStepBefore }) => {
        const place = { entered, ofReceived, standing: null, ended: NO_STAYS, lasting: NO_STAYS }
        return cellsOf({ key: step, name: STEP_LABELS[step], ofStepBefore }, place)
      })
    case 'group':
      return groups.map(({ group, ...row }) =>
        cellsOf({ key: group, name: group, ofStepBefore: null }, row)
      )
    case 'status':
      return statuses.map(({ status: { id, name }, ...row }) =>
        cellsOf({ key: id, name, ofStepBefore: null }, row)
      )
  }
}

function cellsOf(
  { key, name, ofStepBefore }: { key: string; name: string; ofStepBefore: number | null },
  row: Omit<FunnelPlaceRow, 'standing'> & { standing: number | null }
) {
  const { entered, ofReceived, standing } = row
  const stays = [row.ended, row.lasting].flatMap(({ count, mean, median, p90 }) => [
    count,
    mean,
    median,
    p90
  ])
  return [key, name, entered, ofReceived, ofStepBefore, standing, ...stays]
}
