import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import type { Test } from 'tap'

import { connect } from '../../src/database/client.ts'
import { DATABASE_LIMITS } from '../../src/database/limits.ts'
import type { Database } from '../../src/database/client.ts'
import { LOGIN_KINDS, ensureLogins, loginName, loginUrls } from '../../src/database/roles.ts'
import { TEMPLATE, TEST_POSTGRES_FILE, TEST_SECRET } from './postgres.ts'
import type { TestPostgres } from './postgres.ts'
import { must } from './must.ts'
import { takeStatementFaults, watchStatements } from './statement-names.ts'

/** Other tests keep the machine busy: what waits for it is not to fail for that. */
export const PATIENT = {
  ...DATABASE_LIMITS,
  connectMs: 30_000,
  statementMs: 60_000,
  lockMs: 60_000,
  idleInTransactionMs: 60_000,
  queryMs: 90_000
}

/** A database of one test file, copied from the migrated template. */
export interface TestDatabase {
  /** For the role that owns the database and may create roles, as an installation's own. */
  ownerUrl: string
  /** For deeds that an installation never does. */
  superuserUrl: string
  appUrl: string
  workerUrl: string
  db: Database
}

/** Makes a database and drops it when the test is over. */
export async function createTestDatabase(t: Test): Promise<TestDatabase> {
  const { ownerUrl, superuserUrl, drop } = await createDatabase(`template ${TEMPLATE}`)
  await asClient(ownerUrl, (client) => ensureLogins(client, ownerUrl, TEST_SECRET))
  const { app, worker } = loginUrls(ownerUrl, TEST_SECRET)
  watchStatements()
  const db = connect(app, { max: 20, onError: () => undefined, waits: PATIENT })
  t.teardown(async () => {
    await db.close()
    await drop()
    const unnamed = takeStatementFaults()
    if (unnamed.length > 0) throw new Error(`statements without a name: ${unnamed.join('\n')}`)
  })
  return { ownerUrl, superuserUrl, appUrl: app, workerUrl: worker, db }
}

/** Makes a database with nothing in it and returns its owner's URL; gone when the test is over. */
export async function createEmptyDatabase(t: Test): Promise<string> {
  const { ownerUrl, drop } = await createDatabase()
  t.teardown(drop)
  return ownerUrl
}

/** The superuser's URL of an owner's database. */
export async function superuserUrlOf(ownerUrl: string): Promise<string> {
  const { superuserUrl } = await readPostgres()
  return Object.assign(new URL(superuserUrl), { pathname: new URL(ownerUrl).pathname }).href
}

async function createDatabase(like = '') {
  const { url, superuserUrl } = await readPostgres()
  const name = `test_${randomBytes(8).toString('hex')}`
  const inDatabase = (given: string, pathname: string) =>
    Object.assign(new URL(given), { pathname }).href
  const owner = new URL(url)
  const admin = async (...statements: string[]) => {
    await asClient(inDatabase(superuserUrl, '/postgres'), async (client) => {
      for (const statement of statements) await client.query(statement)
    })
  }
  await admin(`create database ${name} owner ${owner.username} ${like}`)
  const ownerUrl = inDatabase(url, `/${name}`)
  return {
    ownerUrl,
    superuserUrl: inDatabase(superuserUrl, `/${name}`),
    drop: async () => {
      await admin(
        `drop database ${name} with (force)`,
        ...LOGIN_KINDS.map((kind) => `drop role if exists ${loginName(kind, ownerUrl)}`)
      )
    }
  }
}

async function readPostgres(): Promise<TestPostgres> {
  return JSON.parse(await readFile(TEST_POSTGRES_FILE, 'utf8')) as TestPostgres
}

/** Runs `work` on one connection, closed afterwards. */
export async function asClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>
): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Waits until every transaction of the server that runs now has ended: a page of changes ends before the first
 * that still runs, and other tests share the server.
 */
export async function settle({ ownerUrl }: TestDatabase): Promise<void> {
  await asClient(ownerUrl, async (client) => {
    const read = async (bound: string) => {
      const { rows } = await client.query<{ id: string }>(
        `select pg_snapshot_${bound}(pg_current_snapshot())::text as id`
      )
      return BigInt(must(rows[0]).id)
    }
    const end = await read('xmax')
    while ((await read('xmin')) < end) await sleep(20)
  })
}
