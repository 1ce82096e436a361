import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import t from 'tap'

import { drawChart } from '../../src/charts/draw-chart.ts'
import type { ReportChart, ReportTable, ReportValue } from '../../src/domain/reports/report.ts'
import { BROWSER, BROWSER_FLAGS } from '../support/browser.ts'

const skip = existsSync(BROWSER) ? false : 'no browser here'
const AS_NEEDED = { width: null, height: null }
const SMALLEST = { width: 480, height: 320 }

/** The same at every run, and without a pattern. */
const figure = (seed: number, most: number) =>
  Math.floor(((Math.abs(Math.sin(seed * 12.9898)) * 43758.5453) % 1) * most)

const months = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const month = String((index % 12) + 1).padStart(2, '0')
    return `${2024 + Math.floor(index / 12)}-${month}`
  })

const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  'مصدر العملاء المحتملين من الموقع الإلكتروني',
  '‮reversed‬ and \u0000 control \uD800 signs',
  '見込み客の情報源'.repeat(12),
  'W'.repeat(200),
  '{a|rich} {b} {c}',
  '  ',
  ']]>&amp;"\''
]

const LEADS = { series: ['received', 'sold'], unit: 'leads' as const, currency: null }

function sourceTable(names: readonly string[], most = 900): ReportTable {
  return {
    name: 'sources',
    title: 'Sources',
    columns: [
      { key: 'source', label: 'Source', unit: 'text' },
      { key: 'received', label: 'Received', unit: 'leads' },
      { key: 'sold', label: 'Sold', unit: 'leads' },
      { key: 'toCall', label: 'To the first call', unit: 'seconds' },
      { key: 'cost', label: 'Cost', unit: 'money' }
    ],
    rows: names.map((name, index): ReportValue[] => [
      name,
      figure(index, most),
      figure(index + 99, most / 9),
      index % 4 === 3 ? null : figure(index + 7, 90_000),
      `${figure(index + 5, 99_000_000)}.50`
    ])
  }
}

function monthTable(count: number, sources: number): ReportTable {
  return {
    name: 'sources-by-month',
    title: 'Sources by month',
    columns: [
      { key: 'month', label: 'Month', unit: 'text' },
      { key: 'source', label: 'Source', unit: 'text' },
      { key: 'received', label: 'Received', unit: 'leads' }
    ],
    rows: months(count).flatMap((month, place) =>
      Array.from({ length: sources }, (_, index): ReportValue[] => [
        month,
        `Source ${index} of the dealer`,
        figure(place * 50 + index, 400)
      ])
    )
  }
}

const bars = (words: Partial<ReportChart> = {}): ReportChart => ({
  kind: 'bars',
  title: 'Leads by source',
  category: 'source',
  series: LEADS.series,
  splitBy: null,
  isStacked: false,
  currency: null,
  ...words
})
const overTime = (words: Partial<ReportChart> = {}): ReportChart => ({
  kind: 'lines',
  title: 'Leads by month and source',
  category: 'month',
  series: ['received'],
  splitBy: 'source',
  isStacked: false,
  currency: null,
  ...words
})

const long = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `A source with a name of some length, number ${index}`
  )

/** What is drawn, and texts that it must have. */
const DRAWINGS: [name: string, ReportTable, ReportChart, texts: (string | RegExp)[]][] = [
  ['bars, no data', sourceTable([]), bars(), ['No data', 'Source', 'Leads', 'Received', 'Sold']],
  ['bars, one', sourceTable(['Website']), bars(), ['Website', 'Source', 'Leads', 'Sold']],
  ['bars, one series', sourceTable(long(12)), bars({ series: ['received'] }), [/number 11$/]],
  ['bars, 30 long names', sourceTable(long(30)), bars(), [/^A source.*…/, 'Leads']],
  ['bars, 200 names', sourceTable(long(200)), bars(), [/^The first \d+ of 200 \(Source\)/]],
  ['bars, stacked', sourceTable(long(9)), bars({ isStacked: true }), ['Received', 'Sold']],
  [
    'bars, hostile names',
    sourceTable(HOSTILE_NAMES),
    bars(),
    [/<script>/, '{a|rich} {b} {c}', '–']
  ],
  ['bars, times', sourceTable(long(8)), bars({ series: ['toCall'] }), ['Time (hours)']],
  [
    'bars, money',
    sourceTable(long(8)),
    bars({ series: ['cost'], currency: 'PLN' }),
    ['Amount (PLN)', 'Cost']
  ],
  ['lines, no data', monthTable(0, 12), overTime(), ['No data', 'Month', 'Leads', 'Received']],
  ['lines, one point', monthTable(1, 1), overTime(), ['2024-01', 'Month', 'Leads']],
  ['lines, 36 months', monthTable(36, 12), overTime(), ['2024-01', 'Month', 'Leads']],
  ['lines, 40 sources', monthTable(36, 40), overTime(), [/^The first 12 of 40 series/]],
  ['columns, no data', monthTable(0, 0), overTime({ kind: 'columns' }), ['No data', 'Month']],
  ['columns, one', monthTable(1, 3), overTime({ kind: 'columns' }), ['2024-01', 'Leads']],
  [
    'columns, stacked, 36 months',
    monthTable(36, 12),
    overTime({ kind: 'columns', isStacked: true }),
    ['2024-01', 'Source 11 of the dealer', 'Leads']
  ]
]

void t.test('charts, in a browser', { skip }, async (t) => {
  const browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_FLAGS })
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  for (const [name, table, chart, expected] of DRAWINGS) {
    for (const size of [AS_NEEDED, SMALLEST]) {
      await t.test(`${name}, ${size.width ?? 'default'} wide`, async (t) => {
        const svg = await drawChart(table, chart, size)
        t.equal(await drawChart(table, chart, size), svg, 'the same again')
        const texts = await readTexts(page, svg)
        const words = texts.map(({ text }) => text)
        t.strictSame(findFaults(texts), [])
        if (size === SMALLEST) return
        t.ok(words.some((word) => word === chart.title))
        for (const one of expected) {
          const isThere = words.some((word) =>
            typeof one === 'string' ? word === one : one.test(word)
          )
          t.ok(isThere, `${String(one)} in ${JSON.stringify(words)}`)
        }
      })
    }
  }
})

void t.test('a drawing holds nothing that runs or comes from elsewhere', async (t) => {
  const svg = await drawChart(sourceTable(HOSTILE_NAMES), bars({ title: '<script>&' }), AS_NEEDED)
  t.match(svg, /^<svg role="img" [^>]*><title>&lt;script&gt;&amp;<\/title>/)
  t.notMatch(svg, /<script|<style|<image|<foreignObject|\son\w+=|javascript:|url\(/i)
  t.strictSame(
    [...svg.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, target]) => target),
    []
  )
})

void t.test('a chart counts in one unit', async (t) => {
  const mixed = bars({ series: ['received', 'cost'] })
  await t.rejects(drawChart(sourceTable(['a']), mixed, AS_NEEDED), /one unit/)
})

interface DrawnText {
  text: string
  left: number
  right: number
  top: number
  bottom: number
  isInside: boolean
}

/** Every text of a drawing, and where the browser has it. */
async function readTexts(page: Page, svg: string): Promise<DrawnText[]> {
  await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`)
  return await page.evaluate(`
    (() => {
      const whole = document.querySelector('svg').getBoundingClientRect()
      return [...document.querySelectorAll('svg text')].map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect()
        const isInside = left >= whole.left && right <= whole.right &&
          top >= whole.top && bottom <= whole.bottom
        return { text: one.textContent, left, right, top, bottom, isInside }
      })
    })()`)
}

/** Texts outside of the drawing, and pairs that touch. */
function findFaults(texts: readonly DrawnText[]): string[] {
  const seen = texts.filter(({ text }) => text.trim() !== '')
  const outside = seen.filter(({ isInside }) => !isInside).map(({ text }) => `outside: ${text}`)
  const overlapping = seen.flatMap((one, index) =>
    seen
      .slice(index + 1)
      .filter((other) => doOverlap(one, other))
      .map((other) => `${one.text} over ${other.text}`)
  )
  return [...outside, ...overlapping]
}

function doOverlap(one: DrawnText, other: DrawnText): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  // Lines of text have room above and below their letters.
  return across > 0 && down > 2
}
