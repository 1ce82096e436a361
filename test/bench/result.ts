import type { Part } from './options.ts'

/** What one service did under one load. Times are milliseconds; CPU is per request. */
export interface Figures {
  rate: number
  p50: number
  p99: number
  processMs: number
  postgresMs: number
  /** Resident memory of the process at the end, in MB. */
  memoryMb: number
}

/** A part's line of JSON. Figures are rounded to three digits after the point. */
export interface Result {
  part: Part
  ours: object
  baseline: object
  /** Ours divided by the baseline. */
  ratios: object
  [more: string]: unknown
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The line of JSON. */
export function resultLine(result: Result): string {
  return JSON.stringify(result, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
  )
}

export function ratiosOf(ours: Figures, baseline: Figures) {
  const cpu = ({ processMs, postgresMs }: Figures) => processMs + postgresMs
  return {
    cpu: cpu(ours) / cpu(baseline),
    rate: ours.rate / baseline.rate,
    p99: ours.p99 / baseline.p99
  }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

/** Each figure's median over rounds. */
export function medians(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => median(rounds.map((figures) => figures[name]))
  return {
    rate: of('rate'),
    p50: of('p50'),
    p99: of('p99'),
    processMs: of('processMs'),
    postgresMs: of('postgresMs'),
    memoryMb: of('memoryMb')
  }
}

/** Prints rows under their heads: a row of a Markdown table each, to paste into docs/benchmarks.md. */
export function printTable(heads: readonly string[], rows: readonly (string | number)[][]): void {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(String))]
  say(lines.map((line) => `| ${line.join(' | ')} |`).join('\n'))
}

export const FIGURE_HEADS = [
  'a second',
  'p50 ms',
  'p99 ms',
  'CPU ms, process',
  'CPU ms, PostgreSQL',
  'memory MB'
]

export function figureCells(figures: Figures): string[] {
  const { rate, p50, p99, processMs, postgresMs, memoryMb } = figures
  const whole = [rate, p50, p99].map((figure) => figure.toFixed(0))
  return [...whole, processMs.toFixed(2), postgresMs.toFixed(2), memoryMb.toFixed(0)]
}

export { say }
