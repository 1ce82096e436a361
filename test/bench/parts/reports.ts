import type pg from 'pg'

import { REPORT_LIMITS } from '../../../src/database/limits.ts'
import { readPeriod } from '../../../src/domain/reports/period.ts'
import { BARE_REPORTS } from '../bare/reports.ts'
import type { BenchOptions } from '../options.ts'
import { makeKey, startServer } from '../program.ts'
import { REPORT_MONTHS, populateReports } from '../report-population.ts'
import { median, printTable, say } from '../result.ts'
import type { Result } from '../result.ts'
import { timed, whileRunning, withPostgres } from '../setup.ts'

/** Who asks, and over which connection the baseline does. */
interface Asker {
  url: string
  key: string
  dealerId: string
  owner: pg.Client
  rounds: number
}

/** Milliseconds by the report's name. */
type Times = Record<string, number>

/**
 * How long each report takes over HTTP, and beside it the same question as bare SQL, both warm, in turns:
 * of all leads of three years, and of the last full month.
 */
export async function benchReports(options: BenchOptions): Promise<Result> {
  const leads = options.number('leads', 1_000_000)
  return await withPostgres(async ({ url, owner, db }) => {
    const { dealerId } = await timed(`loading ${leads} leads of one dealer`, () =>
      populateReports(db, owner, leads)
    )
    // The memory that reports have, so that the two differ in nothing but what they do.
    await owner.query(`set work_mem = '${REPORT_LIMITS.memory}'`)
    const key = await makeKey(db, dealerId, 'read')
    const server = await startServer(url)
    return await whileRunning([server], async () => {
      const asker = { url: server.url, key, dealerId, owner, rounds: options.number('rounds', 3) }
      const today = new Date()
      const month = (ago: number, day = 1) =>
        new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago, day))
      const all = await measure(asker, { first: month(REPORT_MONTHS - 1), last: today })
      const last = await measure(asker, { first: month(1), last: month(0, 0) })
      return {
        part: 'reports',
        ours: { allMonths: all.ours, lastMonth: last.ours },
        baseline: { allMonths: all.baseline, lastMonth: last.baseline },
        ratios: { allMonths: ratiosOf(all), lastMonth: ratiosOf(last) }
      }
    })
  })
}

function ratiosOf({ ours, baseline }: { ours: Times; baseline: Times }): Times {
  return Object.fromEntries(
    Object.entries(ours).map(([name, time]) => [name, time / (baseline[name] ?? 0)])
  )
}

/** Requests every report for the days from `first` to `last`, which are UTC dates. */
async function measure(
  asker: Asker,
  { first, last }: { first: Date; last: Date }
): Promise<{ ours: Times; baseline: Times }> {
  const { dealerId, owner, url, key } = asker
  const from = first.toISOString().slice(0, 10)
  const to = last.toISOString().slice(0, 10)
  const period = readPeriod({ from, to }, { timeZone: 'Europe/Warsaw', now: new Date() })
  if ('fault' in period) throw new Error(`no period: ${period.fault}`)
  const values = [dealerId, period.start, period.end]
  const [ours, baseline]: [Times, Times] = [{}, {}]
  for (const { path, isLive } of await listReports(url)) {
    const name = path.split('/').at(-1) ?? ''
    const bare = BARE_REPORTS[name]
    if (bare === undefined) throw new Error(`${path} has no bare SQL to stand beside`)
    const address = `${url}${path}${isLive ? '' : `?from=${from}&to=${to}`}`
    const asked = () => timeOf(() => ask(address, key))
    const queried = () => timeOf(() => owner.query(bare, values))
    await asked()
    await queried()
    const [reports, bares]: [number[], number[]] = [[], []]
    for (let round = 0; round < asker.rounds; round++) {
      reports.push(await asked())
      bares.push(await queried())
    }
    ours[name] = median(reports)
    baseline[name] = median(bares)
  }
  say(`\nreports, ${from} to ${to}, milliseconds`)
  const ratios = ratiosOf({ ours, baseline })
  printTable(
    ['', 'HTTP', 'bare SQL', 'ratio'],
    Object.keys(ours).map((name) => [
      name,
      ...[ours, baseline].map((times) => (times[name] ?? 0).toFixed(0)),
      (ratios[name] ?? 0).toFixed(2)
    ])
  )
  return { ours, baseline }
}

/** Every report there is, by the program's own document: what can be drawn is a report. */
async function listReports(url: string): Promise<{ path: string; isLive: boolean }[]> {
  const response = await fetch(`${url}/docs/json`)
  const { paths } = (await response.json()) as { paths: Record<string, { get?: DocumentedRead }> }
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get?.responses['200']?.content?.['image/svg+xml'] && path.includes('/reports/')
      ? [{ path, isLive: !(get.parameters ?? []).some(({ name }) => name === 'from') }]
      : []
  )
}

interface DocumentedRead {
  parameters?: { name: string }[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

async function ask(url: string, key: string): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`)
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
