import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import autocannon from 'autocannon'
import pg from 'pg'

import { connect } from '../../src/database/client.ts'
import type { Database } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { BENCH_DEALERS, TEN_ROUND_TRIPS } from './pgbench-scripts.ts'
import { PERSON, populate, storedContent } from './population.ts'
import { SECRET, SERVER_URL, makeKey, median, optionReader, startServer } from './program.ts'

/**
 * `npm run bench:capture`: captures a second over HTTP, beside pgbench writing the same rows into the
 * same tables in ten round trips. Only the ratio means anything: both are taken in one run, in turns,
 * on one machine, since a shared disk's speed changes within minutes.
 *
 * Options: --leads N (1000000) --clients N (100000) --dealers N (200) --seconds N (8) --rounds N (3)
 */
const CONNECTIONS = [1, 16, 64]

const options = readOptions(process.argv.slice(2))
const print = (line: string) => process.stdout.write(`${line}\n`)
const run = promisify(execFile)

const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
await chmod(directory, 0o711)
const postgres = await startEmbeddedPostgres({
  directory,
  settings: { shared_buffers: '1GB', max_wal_size: '4GB', max_connections: '200' }
})
try {
  await migrate(postgres.url, SECRET)
  const urls = loginUrls(postgres.url, SECRET)
  const db = connect(urls.app, { max: 4, onError: () => undefined })
  const owner = new pg.Client({ connectionString: postgres.url })
  owner.on('error', () => undefined)
  await owner.connect()
  print(
    `loading ${options.clients} clients and ${options.leads} leads of ${options.dealers} dealers`
  )
  const dealers = await populate(db, owner, options)
  await owner.query(BENCH_DEALERS)
  const keys = await makeKeys(db, dealers)
  await db.pool.end()
  await owner.end()
  const script = join(directory, 'ten-round-trips.sql')
  await writeFile(script, TEN_ROUND_TRIPS)
  const server = await startServer(postgres.url)
  try {
    await measure({ appUrl: urls.app, script, keys })
  } finally {
    await server.stop()
  }
} finally {
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measure(known: { appUrl: string; script: string; keys: string[] }): Promise<void> {
  print('connections  requests/s  p99 ms  pgbench, ten trips/s  ratio')
  await load(known.keys, 16, 3)
  for (const connections of CONNECTIONS) {
    const ours: { rate: number; p99: number }[] = []
    const theirs: number[] = []
    for (let round = 0; round < options.rounds; round++) {
      ours.push(await load(known.keys, connections, options.seconds))
      theirs.push(await pgbench(known.appUrl, known.script, connections))
    }
    const rate = median(ours.map((one) => one.rate))
    const anchor = median(theirs)
    const p99 = median(ours.map((one) => one.p99))
    print(
      [
        String(connections).padStart(11),
        rate.toFixed(0).padStart(11),
        p99.toFixed(1).padStart(7),
        anchor.toFixed(0).padStart(21),
        (rate / anchor).toFixed(2).padStart(6)
      ].join(' ')
    )
  }
}

/** Posts leads for some seconds; every response must be a success. */
async function load(
  keys: readonly string[],
  connections: number,
  seconds: number
): Promise<{ rate: number; p99: number }> {
  const result = await autocannon({
    url: SERVER_URL,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/v1/leads',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          const key = keys[Math.floor(Math.random() * keys.length)] ?? ''
          const headers = { ...request.headers, authorization: `Bearer ${key}` }
          return { ...request, headers, body: makeBody() }
        }
      }
    ]
  })
  if (result.non2xx > 0 || result.errors > 0) {
    const statuses = JSON.stringify(result.statusCodeStats)
    throw new Error(`${result.errors} requests failed, statuses: ${statuses}`)
  }
  return { rate: result['2xx'] / result.duration, p99: result.latency.p99 }
}

function makeBody(): string {
  const n = 1 + Math.floor(Math.random() * 500_000)
  return JSON.stringify({
    source: 'website',
    contact: { firstName: 'Ann', lastName: 'Lee', email: PERSON.email(n), phone: PERSON.phone(n) },
    message: storedContent().message,
    vehicles: [{ make: 'Toyota', model: 'Corolla', year: 2021, trim: 'LX', stockNumber: 'S1' }],
    attribution: { utmSource: 'google', utmMedium: 'cpc' }
  })
}

/** Runs the ten-trip script on as many connections; answers transactions a second. */
async function pgbench(url: string, script: string, connections: number): Promise<number> {
  const content = JSON.stringify(storedContent()).replaceAll("'", '')
  const { stdout } = await run('pgbench', [
    ...['-n', '-M', 'prepared', '-f', script, '-T', String(options.seconds)],
    ...['-c', String(connections), '-j', '2'],
    ...['-D', `dealers=${options.dealers}`, '-D', `content=${content}`, '-D', `body=${content}`],
    url
  ])
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (rate === undefined) throw new Error('pgbench did not say how fast it was')
  return Number(rate)
}

async function makeKeys(db: Database, dealers: readonly string[]): Promise<string[]> {
  const keys: string[] = []
  for (const dealerId of dealers) keys.push(await makeKey(db, dealerId, 'write'))
  return keys
}

function readOptions(options: readonly string[]) {
  const read = optionReader(options)
  return {
    leads: read('leads', 1_000_000),
    clients: read('clients', 100_000),
    dealers: read('dealers', 200),
    seconds: read('seconds', 8),
    rounds: read('rounds', 3)
  }
}
