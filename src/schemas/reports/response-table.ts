import type { ReportTable } from '../../domain/reports/report.ts'
import { RESPONSE_LABELS, RESPONSE_MEASURES } from '../../domain/reports/response-times.ts'
import type { ResponseRow, ResponseTime } from '../../domain/reports/response-times.ts'

const SPREADS = [
  ['mean', 'Mean'],
  ['median', 'Median'],
  ['p90', '90th percentile']
] as const

/** A row for each measure of each row: all durations then stand in the same columns. */
export function responseTable(title: string, rows: readonly ResponseRow[]): ReportTable {
  const columnsOf = (prefix: string, suffix: string) =>
    SPREADS.map(([key, label]) => ({
      key: prefix === '' ? key : `${prefix}${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      label: `${label}${suffix}`,
      unit: 'seconds' as const
    }))
  const cells = ({ count, seconds, workingSeconds }: ResponseTime) => [
    count,
    ...SPREADS.map(([key]) => seconds[key]),
    ...SPREADS.map(([key]) => workingSeconds[key])
  ]
  return {
    name: 'response-times',
    title,
    columns: [
      { key: 'key', label: 'Key', unit: 'text' },
      { key: 'name', label: 'Name', unit: 'text' },
      { key: 'measure', label: 'From and to', unit: 'text' },
      { key: 'count', label: 'Leads', unit: 'leads' },
      ...columnsOf('', ''),
      ...columnsOf('working', ', working time')
    ],
    rows: rows.flatMap(({ key, name, times }) =>
      RESPONSE_MEASURES.map((measure) => [
        key,
        name,
        RESPONSE_LABELS[measure],
        ...cells(times[measure])
      ])
    )
  }
}
