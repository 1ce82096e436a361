import type { EChartsCoreOption } from 'echarts/core'

import type { ReportChart } from '../domain/reports/report.ts'
import type { ChartData } from './chart-data.ts'
import { EDGE, FONT, LEGEND } from './chart-layout.ts'
import type { ChartLayout } from './chart-layout.ts'
import type { ChartWording } from '../wording/charts.ts'

/** Told apart also by those who see few colours, as far as twelve can be. */
const COLOURS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#7a5195',
  '#8c8c00',
  '#6b6b6b',
  '#a0522d',
  '#1b9e9e',
  '#222222'
]
/** Lines are told apart by their points as well. */
const SIGNS = ['circle', 'rect', 'triangle', 'diamond']
const INK = '#222222'
const FAINT = '#d0d0d0'

/** More points than this are not marked one by one, unless they stand alone. */
const MOST_MARKED = 60

/** A chart as echarts is told it. Nothing moves, and nothing waits for a mouse. */
export function chartOption(
  chart: ReportChart,
  data: ChartData,
  { layout, wording }: { layout: ChartLayout; wording: ChartWording }
): EChartsCoreOption {
  const isLying = chart.kind === 'bars'
  const category = categoryAxis(data, layout, isLying)
  const value = valueAxis(data, isLying)
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    textStyle: { fontFamily: 'sans-serif', fontSize: FONT.text, color: INK },
    title: titles(data, layout, wording),
    legend: layout.legendRows.map(({ top, names }) => legendRow(top, names)),
    grid: { ...layout.plot, containLabel: false, outerBoundsMode: 'none' },
    xAxis: isLying ? value : category,
    yAxis: isLying ? category : value,
    series: data.series.map((_, index) => seriesOption(chart, data, layout, index))
  }
}

function titles(
  { categories }: ChartData,
  { title, notes, width, height, plot }: ChartLayout,
  { noData }: ChartWording
) {
  const head = {
    text: title,
    subtext: notes.join('; '),
    left: EDGE,
    top: EDGE,
    padding: 0,
    itemGap: 6,
    textStyle: { fontSize: FONT.title, fontWeight: 'bold', color: INK },
    subtextStyle: { fontSize: FONT.text, color: INK }
  }
  const middle = {
    text: noData,
    left: plot.left + (width - plot.left - plot.right) / 2,
    top: plot.top + (height - plot.top - plot.bottom) / 2 - FONT.title / 2,
    textAlign: 'center',
    padding: 0,
    textStyle: { fontSize: FONT.title, fontWeight: 'normal', color: INK }
  }
  return categories.length === 0 ? [head, middle] : [head]
}

function legendRow(top: number, names: readonly string[]) {
  return {
    type: 'plain',
    data: [...names],
    left: EDGE,
    top,
    padding: 0,
    itemWidth: LEGEND.sign,
    itemHeight: FONT.text,
    itemGap: LEGEND.apart,
    selectedMode: false,
    textStyle: { fontSize: FONT.text, color: INK }
  }
}

function categoryAxis(data: ChartData, { labels, labelStep }: ChartLayout, isLying: boolean) {
  const nameStyle = { color: INK, fontSize: FONT.text, fontWeight: 'bold' }
  return {
    type: 'category',
    data: labels.map((_, index) => String(index)),
    inverse: isLying,
    name: data.categoryName,
    ...(isLying
      ? { nameLocation: 'start', nameGap: 12, nameTextStyle: { ...nameStyle, align: 'right' } }
      : { nameLocation: 'middle', nameGap: 30, nameTextStyle: nameStyle }),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK } },
    axisLabel: {
      color: INK,
      fontSize: FONT.text,
      interval: isLying ? 0 : (index: number) => index % labelStep === 0,
      formatter: (_name: string, index: number) => labels[index] ?? ''
    }
  }
}

function valueAxis({ axis, categories }: ChartData, isLying: boolean) {
  const nameStyle = { color: INK, fontSize: FONT.text, fontWeight: 'bold' }
  return {
    type: 'value',
    name: axis.name,
    ...(isLying
      ? { nameLocation: 'middle', nameGap: 30, nameTextStyle: nameStyle }
      : { nameLocation: 'end', nameGap: 12, nameTextStyle: { ...nameStyle, align: 'left' } }),
    ...(categories.length === 0 ? { min: 0, max: 1 } : {}),
    ...(axis.isWhole ? { minInterval: 1 } : {}),
    axisLine: { show: true, lineStyle: { color: INK } },
    splitLine: { lineStyle: { color: FAINT } },
    axisLabel: {
      color: INK,
      fontSize: FONT.text,
      hideOverlap: true,
      formatter: axis.format
    }
  }
}

function seriesOption(
  chart: ReportChart,
  { series, axis }: ChartData,
  { names, labels }: ChartLayout,
  index: number
) {
  const values = series[index]?.values.slice(0, labels.length) ?? []
  const common = {
    name: names[index] ?? '',
    data: values,
    silent: true,
    emphasis: { disabled: true },
    ...(chart.isStacked ? { stack: 'all' } : {})
  }
  if (chart.kind === 'lines') {
    return {
      ...common,
      type: 'line',
      symbol: SIGNS[index % SIGNS.length],
      symbolSize: 7,
      showSymbol: true,
      showAllSymbol: labels.length <= MOST_MARKED ? true : 'auto'
    }
  }
  return {
    ...common,
    type: 'bar',
    barMaxWidth: 40,
    label: {
      show: chart.kind === 'bars' && series.length === 1,
      position: 'right',
      color: INK,
      fontSize: FONT.text,
      formatter: ({ value }: { value: number }) => axis.format(value)
    }
  }
}
