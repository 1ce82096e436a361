import type { ReportChart, ReportTable } from '../domain/reports/report.ts'
import { escapeHtml } from '../escape-html.ts'
import { readChartData } from './chart-data.ts'
import { layOut } from './chart-layout.ts'
import { chartOption } from './chart-option.ts'
import type { ChartSize } from './chart-size.ts'
import { CHART_WORDINGS } from '../wording/charts.ts'
import type { ChartWording } from '../wording/charts.ts'
import { drawableText } from './text-width.ts'

/**
 * Draws a report's table as SVG: the same for the same table. The library is read when something is
 * drawn first: most processes never draw.
 */
export async function drawChart(
  table: ReportTable,
  chart: ReportChart,
  size: ChartSize,
  wording: ChartWording = CHART_WORDINGS.en
): Promise<string> {
  const { render } = await import('./engine.ts')
  const told = { ...chart, title: drawableText(chart.title) }
  const data = readChartData(table, told, wording)
  const layout = layOut(told, data, { size, wording })
  const svg = render(chartOption(told, data, { layout, wording }), layout)
  return nameDrawing(numberFromOne(svg), told.title)
}

/** Styles of the library's are for pointers that hover: a drawing that is read has none. */
const HOVERING = /<style[^>]*>.*?<\/style>\s*| class="[^"]*"/gs

/** The library numbers what it refers to over all that a process ever drew. */
function numberFromOne(svg: string): string {
  const names = new Map<string, string>()
  return svg.replaceAll(HOVERING, '').replaceAll(/\bzr\d+-[\w-]+/g, (name) => {
    const known = names.get(name) ?? `part-${names.size + 1}`
    names.set(name, known)
    return known
  })
}

/** Gives a drawing its name, for those who have it read to them. */
function nameDrawing(svg: string, title: string): string {
  return svg
    .replace(/^<svg /, '<svg role="img" ')
    .replace('>', `><title>${escapeHtml(title)}</title>`)
}
