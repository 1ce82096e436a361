import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { connect } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { HOSTILE } from '../adf/hostile.ts'
import { populate } from './population.ts'
import { METRICS_TOKEN, SECRET, SERVER_URL, makeKey, optionReader, startServer } from './program.ts'

/**
 * `npm run bench:adf`: how long the real program's event loop stands still while it takes in hostile
 * documents, each with one thing in it as often as it fits. Measured by the program itself
 * (perf_hooks.monitorEventLoopDelay), from before the request to after the response; of the rounds the
 * shortest counts, since the first has functions compiled. Beside it stands the processor's time of the main
 * thread for the whole request (Linux): on a machine that does other things too, the delay is longer.
 *
 * Options: --only WORD --size N (1000000, bytes) --rounds N (3) --limit N (50, milliseconds)
 */
const given = process.argv.slice(2)
const option = optionReader(given)
const only = given.includes('--only') ? (given[given.indexOf('--only') + 1] ?? '') : ''
const size = option('size', 1_000_000)
const rounds = option('rounds', 3)
const limit = option('limit', 50)
let posted = 0
const print = (line: string) => process.stdout.write(`${line}\n`)

const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
await chmod(directory, 0o711)
const postgres = await startEmbeddedPostgres({ directory, settings: {} })
try {
  await migrate(postgres.url, SECRET)
  const db = connect(loginUrls(postgres.url, SECRET).app, { max: 2, onError: () => undefined })
  const owner = new pg.Client({ connectionString: postgres.url })
  owner.on('error', () => undefined)
  await owner.connect()
  const [dealer = ''] = await populate(db, owner, { dealers: 2, clients: 10, leads: 10 })
  const key = await makeKey(db, dealer, 'write')
  await owner.end()
  await db.pool.end()
  const server = await startServer(postgres.url)
  try {
    await measureAll(key, server.pid)
  } finally {
    await server.stop()
  }
} finally {
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measureAll(key: string, pid: number): Promise<void> {
  for (let n = 0; n < 100; n += 1) await post(key, HOSTILE.phones?.(2_000) ?? Buffer.alloc(0))
  let worst = 0
  for (const [name, make] of Object.entries(HOSTILE)) {
    if (!name.includes(only)) continue
    const document = make(size)
    let delay = Infinity
    let work = Infinity
    let status = 0
    for (let round = 0; round < rounds; round += 1) {
      await readDelay()
      const before = await mainThreadMs(pid)
      status = await post(key, document)
      work = Math.min(work, (await mainThreadMs(pid)) - before)
      delay = Math.min(delay, await readDelay())
    }
    worst = Math.max(worst, delay)
    const mark = delay > limit ? '**' : '  '
    const figures = `${delay.toFixed(0)} ms, main thread ${work.toFixed(0)} ms`
    print(`${mark} ${name.padEnd(36)} ${document.length} bytes: ${status}, ${figures}`)
  }
  print(`the event loop stood still for ${worst.toFixed(0)} ms at most; the limit is ${limit} ms`)
  if (worst > limit) process.exitCode = 1
}

/** Each under a key of its own, so that none is a double click of the one before. */
async function post(key: string, document: Buffer): Promise<number> {
  posted += 1
  const response = await fetch(`${SERVER_URL}/v1/leads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/xml',
      'idempotency-key': `bench-${posted}`
    },
    body: new Uint8Array(document)
  })
  await response.arrayBuffer()
  return response.status
}

/** The processor's time of the main thread; 0 where the system does not tell it. */
async function mainThreadMs(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').catch(() => '0')
  return Number.parseInt(text, 10) / 1_000_000
}

/** The longest delay since it was asked for last, in milliseconds. */
async function readDelay(): Promise<number> {
  const response = await fetch(`${SERVER_URL}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` }
  })
  const text = await response.text()
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text) ?? []
  if (seconds === undefined) throw new Error('the server tells no delay of its event loop')
  return Number(seconds) * 1000
}
