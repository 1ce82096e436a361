import type { Team, TenantPrincipal } from '../access/permissions.ts'
import type { Reference } from '../leads/lead.ts'
import type { ReportPeriod } from './period.ts'

/** The units of report columns. */
export type ReportUnit =
  'text' | 'leads' | 'count' | 'seconds' | 'minutes' | 'percent' | 'money' | 'points'

export interface ReportColumn {
  key: string
  label: string
  unit: ReportUnit
}

/** Null: no value, such as the mean of nothing. */
export type ReportValue = string | number | null

/** A report as rows and columns: what its CSV, its NDJSON and its chart are made of. */
export interface ReportTable {
  /** The file name: lower-case letters and hyphens. */
  name: string
  title: string
  columns: readonly ReportColumn[]
  rows: readonly (readonly ReportValue[])[]
}

/**
 * How a report's table is drawn. `bars` lie, one group for each named thing; `columns` stand, and
 * `lines` run, over time. `category` and `series` name columns of the table; all series count in one
 * unit.
 */
export interface ReportChart {
  kind: 'bars' | 'columns' | 'lines'
  title: string
  category: string
  series: readonly string[]
  /**
   * A column whose every value is a series of its own, of what `series` (one column then) counts: for
   * tables with several rows to a category, as a month's sources.
   */
  splitBy: string | null
  /** Series on top of each other, for parts of a whole. */
  isStacked: boolean
  /** Currency of series in `money`. */
  currency: string | null
}

/** A source that a report is about. */
export type FilteredSource = Reference & { key: string }

/** Which leads a report is about: those received in its period, as far as all that is given holds. */
export interface ReportFilter {
  period: ReportPeriod
  /** Null: all. */
  sources: readonly FilteredSource[] | null
  /** The team of a user who had the lead at any time. */
  team: Team | null
  /** A user who had the lead at any time. */
  user: Reference | null
  /** Who asks: of leads that others have now, only those that the caller sees. */
  principal: TenantPrincipal
}

/** The units in which reports can show times. */
export const TIME_UNITS = ['seconds', 'minutes'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/** The same table and chart with times in minutes, with two decimals; their columns are named so. */
export function inMinutes<Forms extends { table: ReportTable; chart: ReportChart }>(
  forms: Forms
): Forms {
  const { table, chart } = forms
  const times = new Map(
    table.columns
      .filter(({ unit }) => unit === 'seconds')
      .map(({ key }) => [key, `${key}Minutes`] as const)
  )
  const columns = table.columns.map((column) => {
    const key = times.get(column.key)
    return key === undefined ? column : { ...column, key, unit: 'minutes' as const }
  })
  const rows = table.rows.map((row) =>
    row.map((value, index) => (columns[index]?.unit === 'minutes' ? minutesOf(value) : value))
  )
  const series = chart.series.map((key) => times.get(key) ?? key)
  return { ...forms, table: { ...table, columns, rows }, chart: { ...chart, series } }
}

function minutesOf(seconds: ReportValue): ReportValue {
  return typeof seconds === 'number' ? Math.round((seconds / 60) * 100) / 100 : seconds
}
