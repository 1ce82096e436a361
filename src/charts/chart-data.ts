import type { ReportChart, ReportTable, ReportValue } from '../domain/reports/report.ts'
import type { ChartWording } from '../wording/charts.ts'
import { drawableText } from './text-width.ts'
import { valueAxisOf } from './value-axis.ts'
import type { ValueAxis } from './value-axis.ts'

/** How many series a chart has at most: more colours can't be told apart. */
const MOST_SERIES = 12

interface ChartSeries {
  name: string
  /** One for each category, in the axis's unit; null: nothing is known. */
  values: (number | null)[]
}

/** A table as what is drawn. */
export interface ChartData {
  categoryName: string
  categories: string[]
  series: ChartSeries[]
  /** How many series there are, drawn or not. */
  seriesCount: number
  axis: ValueAxis
}

/** Takes from a table what a chart is to show; times in the unit that fits the longest. */
export function readChartData(
  table: ReportTable,
  chart: ReportChart,
  wording: ChartWording
): ChartData {
  const category = columnOf(table, chart.category)
  const wanted = chart.series.map((key) => columnOf(table, key))
  const [first] = wanted
  if (!first || wanted.some(({ unit }) => unit !== first.unit)) {
    throw new TypeError(`a chart of ${table.name} counts in one unit`)
  }
  const raw =
    chart.splitBy === null
      ? seriesOfColumns(table, category.index, wanted)
      : seriesOfValues(table, category.index, columnOf(table, chart.splitBy).index, first)
  const series = raw.series.slice(0, MOST_SERIES)
  const numbers = series.flatMap(({ values }) => values).filter((value) => value !== null)
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const axis = valueAxisOf(first.unit, { largest, currency: chart.currency }, wording)
  return {
    categoryName: drawableText(category.label),
    categories: raw.categories,
    series: series.map(({ name, values }) => ({ name, values: scaled(values, axis) })),
    seriesCount: raw.series.length,
    axis
  }
}

interface PlacedColumn {
  index: number
  label: string
  unit: ReportTable['columns'][number]['unit']
}

function columnOf({ name, columns }: ReportTable, key: string): PlacedColumn {
  const index = columns.findIndex((column) => column.key === key)
  const column = columns[index]
  if (!column) throw new TypeError(`${name} has no column ${key}`)
  return { index, label: column.label, unit: column.unit }
}

type RawData = Pick<ChartData, 'categories' | 'series'>

function seriesOfColumns(
  { rows }: ReportTable,
  category: number,
  columns: readonly PlacedColumn[]
): RawData {
  return {
    categories: rows.map((row) => textOf(row[category])),
    series: columns.map(({ index, label }) => ({
      name: drawableText(label),
      values: rows.map((row) => numberOf(row[index]))
    }))
  }
}

/** One series for each value of a column, over each value of another, in the order they come in. */
function seriesOfValues(
  { rows }: ReportTable,
  category: number,
  split: number,
  counted: PlacedColumn
): RawData {
  const categories = [...new Set(rows.map((row) => textOf(row[category])))]
  const places = new Map(categories.map((name, place) => [name, place]))
  const series = new Map<string, (number | null)[]>()
  for (const row of rows) {
    const name = textOf(row[split])
    const values = series.get(name) ?? categories.map(() => null)
    values[places.get(textOf(row[category])) ?? 0] = numberOf(row[counted.index])
    series.set(name, values)
  }
  if (series.size === 0) return { categories, series: [{ name: counted.label, values: [] }] }
  return { categories, series: [...series].map(([name, values]) => ({ name, values })) }
}

function textOf(value: ReportValue | undefined): string {
  return drawableText(String(value ?? '')) || '–'
}

/** Money comes as decimal text. */
function numberOf(value: ReportValue | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  return Number(value)
}

function scaled(values: readonly (number | null)[], { factor }: ValueAxis): (number | null)[] {
  return values.map((value) => (value === null ? null : value / factor))
}
