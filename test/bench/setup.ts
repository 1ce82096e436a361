import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { connect } from '../../src/database/client.ts'
import type { Database } from '../../src/database/client.ts'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { loadBare } from './bare/schema.ts'
import { addClients, addDealers, addLeads } from './population.ts'
import type { PopulationSize } from './population.ts'
import { SECRET, makeKey } from './program.ts'
import { say } from './result.ts'

/** A PostgreSQL of the benchmark's own. */
export interface BenchPostgres {
  /** Owner's URL of the database of the program, which is migrated. */
  url: string
  postmasterPid: number
  /** Superuser's URL of the same. */
  superuserUrl: string
  /** Superuser's connection to it. */
  owner: pg.Client
  /** The same as the program connects. */
  db: Database
}

/** Starts a PostgreSQL with default durability, and removes it with its data after the work. */
export async function withPostgres<T>(work: (postgres: BenchPostgres) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'leadyard-bench-'))
  await chmod(directory, 0o711)
  const postgres = await startEmbeddedPostgres({
    directory,
    settings: { shared_buffers: '1GB', max_wal_size: '4GB', max_connections: '200' }
  })
  try {
    return await inDatabase(postgres, work)
  } finally {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Works with a second database of the program on the same server. */
export async function withSecond<T>(
  { url, superuserUrl, owner, postmasterPid }: BenchPostgres,
  work: (postgres: BenchPostgres) => Promise<T>
): Promise<T> {
  await owner.query(`create database second owner ${new URL(url).username}`)
  const [second = '', asSuperuser = ''] = [url, superuserUrl].map((first) =>
    Object.assign(new URL(first), { pathname: '/second' }).toString()
  )
  return await inDatabase({ url: second, superuserUrl: asSuperuser, postmasterPid }, work)
}

async function inDatabase<T>(
  server: Pick<BenchPostgres, 'url' | 'superuserUrl' | 'postmasterPid'>,
  work: (postgres: BenchPostgres) => Promise<T>
): Promise<T> {
  await migrate(server.url, SECRET)
  const db = connect(loginUrls(server.url, SECRET).app, { max: 4, onError: () => undefined })
  const owner = await connectOwner(server.superuserUrl)
  const result = await work({ ...server, owner, db })
  await owner.end()
  await db.close()
  return result
}

async function connectOwner(url: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: url })
  owner.on('error', () => undefined)
  await owner.connect()
  return owner
}

/** A dealer, and a key that may read and write. */
export interface BenchDealer {
  id: string
  key: string
}

/** Makes dealers with a key each. */
export async function makeDealers(
  { db, owner }: BenchPostgres,
  count: number
): Promise<BenchDealer[]> {
  const dealers: BenchDealer[] = []
  for (const id of await addDealers(db, owner, count)) {
    dealers.push({ id, key: await makeKey(db, id, 'read', 'write') })
  }
  return dealers
}

/** Fills the database of the program. */
export async function fillOurs(
  postgres: BenchPostgres,
  { dealers, clients, leads }: PopulationSize
): Promise<BenchDealer[]> {
  return await timed(
    `loading ${leads} leads and ${clients} clients of ${dealers} dealers`,
    async () => {
      const made = await makeDealers(postgres, dealers)
      const ids = made.map(({ id }) => id)
      await addClients(postgres.owner, ids, clients)
      await addLeads(postgres.owner, ids, { first: 1, last: leads, spread: 'even' })
      return made
    }
  )
}

/** Makes and fills the baseline's database on the same server; returns its URL. */
export async function fillBare(postgres: BenchPostgres, size: PopulationSize): Promise<string> {
  return await timed('loading as many into the baseline', async () => {
    await postgres.owner.query(`create database bare owner ${new URL(postgres.url).username}`)
    const url = new URL(postgres.url)
    url.pathname = '/bare'
    const owner = await connectOwner(url.href)
    await loadBare(owner, size)
    await owner.end()
    return url.href
  })
}

/** Says what is being done, and how long it took. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  say(what)
  const start = performance.now()
  const result = await work()
  say(`took ${((performance.now() - start) / 1000).toFixed(0)} s`)
  return result
}

/** Does the work while the processes run, and stops them. */
export async function whileRunning<T>(
  programs: readonly { stop: () => Promise<void> }[],
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work()
  } finally {
    for (const program of programs) await program.stop()
  }
}
