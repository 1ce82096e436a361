import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import type { EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

import { widthOf } from './text-width.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
setPlatformAPI({
  measureText: (text: string, font?: string) => ({ width: widthOf(text, sizeOf(font)) })
})

/** A CSS font's size in pixels. */
function sizeOf(font = ''): number {
  return Number(/(?<![\d.])([\d.]+)px/.exec(font)?.[1] ?? 12)
}

/** Draws as SVG, without a browser. */
export function render(
  option: EChartsCoreOption,
  { width, height }: { width: number; height: number }
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
