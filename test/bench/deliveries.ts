import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { SMTPServer } from 'smtp-server'

import { connect } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { cpuOf, cpuOfPostgres, memoryOf } from './cpu.ts'
import { PERSON, populate, storedContent } from './population.ts'
import { SECRET, SERVER_URL, makeKey, optionReader, startServer, startWorker } from './program.ts'

/**
 * `npm run bench:deliveries`: leads are captured, three messages each, while no worker runs. Then one
 * worker sends them to an SMTP server that accepts everything: messages a second, and what one costs,
 * in milliseconds of CPU in the worker and in PostgreSQL.
 *
 * Options: --leads N (20000) --captures N (2000)
 */
const read = optionReader(process.argv.slice(2))
const size = { leads: read('leads', 20_000), clients: 2_000, dealers: 20 }
const captures = read('captures', 2_000)
const print = (line: string) => process.stdout.write(`${line}\n`)

const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
await chmod(directory, 0o711)
const postgres = await startEmbeddedPostgres({
  directory,
  settings: { shared_buffers: '1GB', max_wal_size: '4GB', max_connections: '200' }
})
const sink = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, accepted) {
    stream.on('end', accepted)
    stream.resume()
  }
})
try {
  await migrate(postgres.url, SECRET)
  const db = connect(loginUrls(postgres.url, SECRET).app, { max: 4, onError: () => undefined })
  const owner = new pg.Client({ connectionString: postgres.url })
  owner.on('error', () => undefined)
  await owner.connect()
  print(`loading ${size.leads} leads of ${size.dealers} dealers`)
  const dealers = await populate(db, owner, size)
  const keys: string[] = []
  for (const dealerId of dealers) keys.push(await makeKey(db, dealerId, 'write'))
  await db.close()
  const server = await startServer(postgres.url)
  await capture(keys, captures)
  await server.stop()
  const owed = await countOwed(owner)
  print(`${captures} leads owe ${owed} messages`)
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const { port } = sink.server.address() as { port: number }
  await measure(owner, owed, `smtp://127.0.0.1:${port}`)
  await owner.end()
} finally {
  sink.close()
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

/** Posts leads, sixteen at a time; every response must be a success. */
async function capture(keys: readonly string[], count: number): Promise<void> {
  let posted = 0
  const post = async () => {
    while (posted < count) {
      posted += 1
      const n = posted
      const response = await fetch(`${SERVER_URL}/v1/leads`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${keys[n % keys.length] ?? ''}`
        },
        body: JSON.stringify({
          source: 'website',
          contact: {
            firstName: 'Ann',
            lastName: 'Lee',
            email: PERSON.email(`new${n}`),
            phone: PERSON.phone(n)
          },
          message: storedContent().message,
          vehicles: [{ make: 'Toyota', model: 'Corolla', year: 2021, trim: 'LX' }]
        })
      })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`a capture failed: ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, post))
}

async function countOwed(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from deliveries where state = 'pending'`
  )
  return rows[0]?.count ?? 0
}

async function measure(owner: pg.Client, owed: number, smtpUrl: string): Promise<void> {
  const worker = await startWorker(postgres.url, smtpUrl)
  const before = { worker: cpuOf(worker.pid), postgres: cpuOfPostgres(postgres.postmasterPid) }
  const startedAt = performance.now()
  const first = await countOwed(owner)
  while ((await countOwed(owner)) > 0) await sleep(100)
  const seconds = (performance.now() - startedAt) / 1000
  const process = (cpuOf(worker.pid) - before.worker) / first
  const database = (cpuOfPostgres(postgres.postmasterPid) - before.postgres) / first
  print('messages   a second   worker ms   PostgreSQL ms   memory MB')
  print(
    [
      String(owed).padStart(8),
      (first / seconds).toFixed(0).padStart(10),
      process.toFixed(2).padStart(11),
      database.toFixed(2).padStart(15),
      String(memoryOf(worker.pid)).padStart(11)
    ].join(' ')
  )
  await worker.stop()
}
