import type { Locale } from '../domain/dealers/dealer.ts'
import { DEFAULT_QUEUE_NAME } from '../domain/access/user.ts'
import { DEFAULT_SOURCES } from '../domain/dealers/source.ts'
import { STATUS_GROUPS } from '../domain/leads/status-groups.ts'
import { STEP_LABELS } from '../domain/reports/funnel.ts'
import { RESPONSE_LABELS } from '../domain/reports/response-times.ts'
import type { ReportChart, ReportTable, ReportValue } from '../domain/reports/report.ts'
import { FIRST_NAMES } from './first-names.ts'
import { DRAWN, TRANSLATIONS } from './report-words.ts'
import type { Translation } from './report-words.ts'

/** A report's table and chart as a reader of this language has them drawn. */
export function inLanguage<Forms extends { table: ReportTable; chart: ReportChart }>(
  forms: Forms,
  locale: Locale
): Pick<Forms, 'table' | 'chart'> {
  if (locale === 'en') return forms
  const { table, chart } = forms
  const translation = TRANSLATIONS[locale]
  const values = valuesIn(locale)
  const named = [chart.category, chart.splitBy]
  const isNamed = table.columns.map(({ key }) => named.includes(key))
  const inWords = (value: ReportValue, index: number) =>
    isNamed[index] === true && typeof value === 'string' ? (values.get(value) ?? value) : value
  const columns = table.columns.map((column) => ({
    ...column,
    label: columnIn(translation, column.key) ?? column.label
  }))
  return {
    table: { ...table, columns, rows: table.rows.map((row) => row.map(inWords)) },
    chart: { ...chart, title: titleIn(translation, chart.title) }
  }
}

function columnIn({ columns }: Translation, key: string): string | undefined {
  const base = DRAWN.find((one) => one === key || `${one}Minutes` === key)
  return base && columns[base]
}

/** The title's parts: the report, its period, and what narrows it. */
function titleIn({ reports, period }: Translation, title: string): string {
  const [name = '', days = '', ...rest] = title.split(', ')
  const known = new Map<string, string>(Object.entries(reports)).get(name) ?? name
  const [from, to] = days.split(' to ')
  const time = from !== undefined && to !== undefined ? period(from, to) : days
  return [known, time, ...rest].filter((part) => part !== '').join(', ')
}

/** Names that came with the service, and names of rows. */
function valuesIn(locale: Exclude<Locale, 'en'>): ReadonlyMap<string, string> {
  const { steps, times, rows } = TRANSLATIONS[locale]
  const { statuses, sources, queue } = FIRST_NAMES[locale]
  const keys = <Key extends string>(labels: Record<Key, string>) => Object.keys(labels) as Key[]
  return new Map([
    ...keys(STEP_LABELS).map((step) => [STEP_LABELS[step], steps[step]] as const),
    ...keys(RESPONSE_LABELS).map((time) => [RESPONSE_LABELS[time], times[time]] as const),
    ...STATUS_GROUPS.map((group) => [group, statuses[group]] as const),
    ...DEFAULT_SOURCES.map(({ key, name }) => [name, sources[key]] as const),
    ...Object.entries(rows),
    [DEFAULT_QUEUE_NAME, queue] as const
  ])
}
