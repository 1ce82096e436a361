/** What a column of a report counts in. */
export const REPORT_UNITS = [
  'text',
  'leads',
  'count',
  'seconds',
  'percent',
  'money',
  'points'
] as const
export type ReportUnit = (typeof REPORT_UNITS)[number]

export interface ReportColumn {
  key: string
  label: string
  unit: ReportUnit
}

/** Null: there is nothing to say, as of a mean of nothing. */
export type ReportValue = string | number | null

/** A report as rows and columns: what its CSV, its NDJSON and its chart are made of. */
export interface ReportTable {
  title: string
  columns: readonly ReportColumn[]
  rows: readonly (readonly ReportValue[])[]
}

/**
 * How a report is drawn: one group of bars, or one point of each line, for a row. `category` and
 * `series` name columns; all series count in one unit.
 */
export interface ReportChart {
  kind: 'bars' | 'lines'
  title: string
  category: string
  series: readonly string[]
  /** Currency of series in `money`. */
  currency: string | null
}

/** Which leads a report is about. */
export interface ReportFilter {
  /** Received at `from` or later, and before `to`. */
  from: Date
  to: Date
  sourceId: string | null
  /** The team of whoever has the lead. */
  team: string | null
  /** Whoever has the lead. */
  userId: string | null
}
