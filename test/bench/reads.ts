import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import autocannon from 'autocannon'
import pg from 'pg'

import { connect } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { cpuOf, cpuOfPostgres, memoryOf } from './cpu.ts'
import { populate } from './population.ts'
import { SECRET, SERVER_URL, makeKey, median, optionReader, startServer } from './program.ts'

/**
 * `npm run bench:reads`: pages of leads and single leads over HTTP, and what one costs: milliseconds
 * of CPU in the process and in PostgreSQL. Those hardly depend on what else the machine does.
 *
 * Options: --leads N (1000000) --clients N (100000) --dealers N (200) --seconds N (8) --rounds N (3)
 */
const CONNECTIONS = 16

const read = optionReader(process.argv.slice(2))
const size = {
  leads: read('leads', 1_000_000),
  clients: read('clients', 100_000),
  dealers: read('dealers', 200)
}
const [seconds, rounds] = [read('seconds', 8), read('rounds', 3)]
const print = (line: string) => process.stdout.write(`${line}\n`)

interface Figures {
  rate: number
  p99: number
  process: number
  postgres: number
}

const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
await chmod(directory, 0o711)
const postgres = await startEmbeddedPostgres({
  directory,
  settings: { shared_buffers: '1GB', max_wal_size: '4GB', max_connections: '200' }
})
try {
  await migrate(postgres.url, SECRET)
  const db = connect(loginUrls(postgres.url, SECRET).app, { max: 4, onError: () => undefined })
  const owner = new pg.Client({ connectionString: postgres.url })
  owner.on('error', () => undefined)
  await owner.connect()
  print(`loading ${size.clients} clients and ${size.leads} leads of ${size.dealers} dealers`)
  const [dealerId = ''] = await populate(db, owner, size)
  const key = await makeKey(db, dealerId, 'read')
  const { rows } = await owner.query<{ id: string }>(
    'select id from leads where dealer_id = $1 limit 1000',
    [dealerId]
  )
  await owner.query('vacuum (analyze) leads')
  await owner.end()
  await db.close()
  const server = await startServer(postgres.url)
  try {
    const ids = rows.map(({ id }) => id)
    await measure(server.pid, key, {
      'page of 50': () => '/v1/leads?limit=50',
      'page of 50, open ones': () => '/v1/leads?limit=50&statusGroup=new&sort=createdAt',
      'one lead': () => `/v1/leads/${ids[Math.floor(Math.random() * ids.length)] ?? ''}`
    })
  } finally {
    await server.stop()
  }
} finally {
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measure(pid: number, key: string, parts: Record<string, () => string>) {
  print('                       a second   p99 ms   process ms   PostgreSQL ms')
  for (const [name, path] of Object.entries(parts)) {
    await load(pid, key, path, 3)
    const found: Figures[] = []
    for (let round = 0; round < rounds; round++) found.push(await load(pid, key, path, seconds))
    const of = (figure: keyof Figures) => median(found.map((one) => one[figure]))
    print(
      [
        name.padEnd(20),
        of('rate').toFixed(0).padStart(10),
        of('p99').toFixed(0).padStart(8),
        of('process').toFixed(2).padStart(12),
        of('postgres').toFixed(2).padStart(15)
      ].join(' ')
    )
  }
  print(`memory of the process: ${memoryOf(pid)} MB`)
}

/** Reads for some seconds; every response must be a success. */
async function load(
  pid: number,
  key: string,
  path: () => string,
  duration: number
): Promise<Figures> {
  const before = { process: cpuOf(pid), postgres: cpuOfPostgres(postgres.postmasterPid) }
  const result = await autocannon({
    url: SERVER_URL,
    connections: CONNECTIONS,
    duration,
    headers: { authorization: `Bearer ${key}` },
    requests: [{ setupRequest: (request) => ({ ...request, path: path() }) }]
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`failed: ${JSON.stringify(result.statusCodeStats)}`)
  }
  const requests = result['2xx']
  return {
    rate: requests / result.duration,
    p99: result.latency.p99,
    process: (cpuOf(pid) - before.process) / requests,
    postgres: (cpuOfPostgres(postgres.postmasterPid) - before.postgres) / requests
  }
}
