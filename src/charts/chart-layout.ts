import type { ReportChart } from '../domain/reports/report.ts'
import type { ChartData } from './chart-data.ts'
import { CHART_BOUNDS } from './chart-size.ts'
import type { ChartSize } from './chart-size.ts'
import { fitText, widthOf } from './text-width.ts'
import type { ChartWording } from '../wording/charts.ts'

/** Sizes of texts, and the height of a line of each. */
export const FONT = { title: 18, text: 12 } as const
const LINE = { title: 26, text: 20 } as const
export const EDGE = 16
/** A legend's sign, and what is between it and its text, and between two entries. */
export const LEGEND = { sign: 18, gap: 5, apart: 22 } as const

/** How much wider bold texts are. */
const BOLD = 1.1
const DEFAULT_WIDTH = 960
const DEFAULT_HEIGHT = 480
const MOST_CATEGORIES = 120
const LONGEST_LABEL = 300
const LONGEST_NAME = 200

/** Where everything of a chart is, and what of it there is room for. */
export interface ChartLayout {
  width: number
  height: number
  title: string
  notes: string[]
  /** Places in the data of each row's series. */
  legendRows: { top: number; names: string[] }[]
  names: string[]
  plot: { left: number; right: number; top: number; bottom: number }
  labels: string[]
  /** Of the labels of standing charts, each so many-th is written. */
  labelStep: number
}

/** Lays a chart out by the widths of its texts: what there is no room for is left out, and that is said. */
export function layOut(
  chart: ReportChart,
  data: ChartData,
  { size, wording }: { size: ChartSize; wording: ChartWording }
): ChartLayout {
  const width = size.width ?? DEFAULT_WIDTH
  const inner = width - 2 * EDGE
  const names = nameApart(data.series.map(({ name }) => fitText(name, FONT.text, LONGEST_NAME)))
  const rows = legendRows(names, inner)
  const isLying = chart.kind === 'bars'
  const head = EDGE + LINE.title + LINE.text + rows.length * LINE.text + LINE.text + 12
  const foot = EDGE + 2 * LINE.text + 8
  const band = isLying ? bandHeight(chart, data) : 0
  const most = isLying
    ? Math.max(1, Math.floor(((size.height ?? CHART_BOUNDS.height.maximum) - head - foot) / band))
    : MOST_CATEGORIES
  const shown = Math.min(data.categories.length, most)
  const needed = isLying ? head + foot + shown * band : DEFAULT_HEIGHT
  const height = size.height ?? Math.max(CHART_BOUNDS.height.minimum, needed)
  const labels = data.categories
    .slice(0, shown)
    .map((name) => fitText(name, FONT.text, Math.min(LONGEST_LABEL, width / 3)))
  const numbers = data.series.flatMap(({ values }) => values.slice(0, shown))
  const number = widest(numbers.map((value) => data.axis.format(value ?? 0))) + 2 * FONT.text
  const label = widest(labels)
  const nameWidth = widthOf(data.categoryName, FONT.text) * BOLD
  const left = EDGE + 8 + (isLying ? Math.max(label, nameWidth) : number)
  const right = EDGE + (isLying ? number : label / 2)
  return {
    width,
    height,
    title: fitText(chart.title, FONT.title, inner),
    notes: notesOf(data, shown, wording),
    legendRows: rows.map((row, index) => ({
      top: EDGE + LINE.title + LINE.text + index * LINE.text,
      names: row
    })),
    names,
    plot: { left, right, top: head, bottom: foot },
    labels,
    labelStep: Math.ceil((label + FONT.text) / ((width - left - right) / Math.max(1, shown)))
  }
}

function bandHeight({ isStacked }: ReportChart, { series }: ChartData): number {
  return isStacked ? 24 : Math.max(24, series.length * 10 + 10)
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text, FONT.text)), 0)
}

/** Names in as many rows as they need. */
function legendRows(names: readonly string[], width: number): string[][] {
  const rows: string[][] = [[]]
  let used = 0
  for (const name of names) {
    const needed = LEGEND.sign + LEGEND.gap + widthOf(name, FONT.text) + LEGEND.apart
    if (used > 0 && used + needed > width) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(name)
    used += needed
  }
  return rows
}

/** Series are told apart by name: those of one name are numbered. */
function nameApart(names: readonly string[]): string[] {
  const uses = new Map<string, number>()
  return names.map((name) => {
    const use = (uses.get(name) ?? 0) + 1
    uses.set(name, use)
    return use === 1 ? name : `${name} (${use})`
  })
}

function notesOf(
  { categories, series, seriesCount, categoryName }: ChartData,
  shown: number,
  { drawn, drawnSeries }: ChartWording
) {
  return [
    ...(shown < categories.length ? [drawn(shown, categories.length, categoryName)] : []),
    ...(series.length < seriesCount ? [drawnSeries(series.length, seriesCount)] : [])
  ]
}
