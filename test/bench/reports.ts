import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { connect } from '../../src/database/client.ts'
import { REPORT_LIMITS } from '../../src/database/limits.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { readPeriod } from '../../src/domain/reports/period.ts'
import { BARE_REPORTS } from './bare-reports.ts'
import { SECRET, SERVER_URL, makeKey, median, optionReader, startServer } from './program.ts'
import { REPORT_MONTHS, populateReports } from './report-population.ts'

/**
 * `npm run bench:reports`: how long each report takes over HTTP, and beside it the same question as
 * bare SQL, both warm, in turns, in one run: of all leads of three years, and of the present month.
 *
 * Options: --leads N (1000000) --rounds N (3)
 */
const read = optionReader(process.argv.slice(2))
const options = { leads: read('leads', 1_000_000), rounds: read('rounds', 3) }
const print = (line: string) => process.stdout.write(`${line}\n`)

const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
await chmod(directory, 0o711)
const postgres = await startEmbeddedPostgres({
  directory,
  settings: { shared_buffers: '1GB', max_wal_size: '4GB' }
})
try {
  await migrate(postgres.url, SECRET)
  const db = connect(loginUrls(postgres.url, SECRET).app, { max: 4, onError: () => undefined })
  const owner = new pg.Client({ connectionString: postgres.url })
  owner.on('error', () => undefined)
  await owner.connect()
  const start = performance.now()
  print(`loading ${options.leads} leads of one dealer`)
  const { dealerId } = await populateReports(db, owner, options.leads)
  print(`loaded in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  // The memory that reports have, so that the two differ in nothing but what they do.
  await owner.query(`set work_mem = '${REPORT_LIMITS.memory}'`)
  const key = await makeKey(db, dealerId, 'read')
  await db.close()
  const server = await startServer(postgres.url)
  try {
    for (const months of [REPORT_MONTHS, 1]) await measure({ key, dealerId, owner, months })
  } finally {
    await server.stop()
  }
  await owner.end()
} finally {
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measure({
  key,
  dealerId,
  owner,
  months
}: {
  key: string
  dealerId: string
  owner: pg.Client
  months: number
}): Promise<void> {
  const now = new Date()
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1 - months, 1))
  const from = first.toISOString().slice(0, 10)
  const to = now.toISOString().slice(0, 10)
  const period = readPeriod({ from, to }, { timeZone: 'Europe/Warsaw', now })
  if ('fault' in period) throw new Error(`no period: ${period.fault}`)
  const values = [dealerId, period.start, period.end]
  print(`\n${from} to ${to}, milliseconds`)
  print(
    `${'report'.padEnd(24)} ${'HTTP'.padStart(8)} ${'bare SQL'.padStart(8)} ${'ratio'.padStart(6)}`
  )
  for (const { path, isLive } of await listReports()) {
    const name = path.split('/').at(-1) ?? ''
    const bare = BARE_REPORTS[name]
    if (bare === undefined) throw new Error(`${path} has no bare SQL to stand beside`)
    const url = `${SERVER_URL}${path}${isLive ? '' : `?from=${from}&to=${to}`}`
    const asked = () => timeOf(() => ask(url, key))
    const queried = () => timeOf(() => owner.query(bare, values))
    await asked()
    await queried()
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < options.rounds; round++) {
      ours.push(await asked())
      theirs.push(await queried())
    }
    const [report, anchor] = [median(ours), median(theirs)]
    print(
      [
        name.padEnd(24),
        report.toFixed(0).padStart(8),
        anchor.toFixed(0).padStart(8),
        (report / anchor).toFixed(2).padStart(6)
      ].join(' ')
    )
  }
}

/** Every report there is, by the program's own document: what can be drawn is a report. */
async function listReports(): Promise<{ path: string; isLive: boolean }[]> {
  const response = await fetch(`${SERVER_URL}/docs/json`)
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
