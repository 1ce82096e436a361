import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import type { Test } from 'tap'

import { connect } from '../../src/database/client.ts'
import { DATABASE_LIMITS } from '../../src/database/limits.ts'
import type { Database } from '../../src/database/client.ts'
import { ensureLogins, loginUrls } from '../../src/database/roles.ts'
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
  ownerUrl: string
  appUrl: string
  workerUrl: string
  db: Database
}

/** Makes a database and drops it when the test is over. */
export async function createTestDatabase(t: Test): Promise<TestDatabase> {
  const { url } = JSON.parse(await readFile(TEST_POSTGRES_FILE, 'utf8')) as TestPostgres
  const name = `test_${randomBytes(8).toString('hex')}`
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const admin = async (statement: string) => {
    await asClient(maintenance.href, (client) => client.query(statement))
  }
  await admin(`create database ${name} template ${TEMPLATE}`)
  const owner = new URL(url)
  owner.pathname = `/${name}`
  await asClient(owner.href, (client) => ensureLogins(client, owner.href, TEST_SECRET))
  const { app, worker } = loginUrls(owner.href, TEST_SECRET)
  watchStatements()
  const db = connect(app, { max: 20, onError: () => undefined, waits: PATIENT })
  t.teardown(async () => {
    await db.close()
    await admin(`drop database ${name} with (force)`)
    for (const login of [app, worker]) await admin(`drop role ${new URL(login).username}`)
    const unnamed = takeStatementFaults()
    if (unnamed.length > 0) throw new Error(`statements without a name: ${unnamed.join('\n')}`)
  })
  return { ownerUrl: owner.href, appUrl: app, workerUrl: worker, db }
}

/** Makes a database with nothing in it and returns its owner's URL; gone when the test is over. */
export async function createEmptyDatabase(t: Test): Promise<string> {
  const { url } = JSON.parse(await readFile(TEST_POSTGRES_FILE, 'utf8')) as TestPostgres
  const name = `test_${randomBytes(8).toString('hex')}`
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  await asClient(maintenance.href, (client) => client.query(`create database ${name}`))
  const owner = new URL(url)
  owner.pathname = `/${name}`
  const { app, worker } = loginUrls(owner.href, TEST_SECRET)
  t.teardown(async () => {
    await asClient(maintenance.href, async (client) => {
      await client.query(`drop database ${name} with (force)`)
      for (const login of [app, worker]) {
        await client.query(`drop role if exists ${new URL(login).username}`)
      }
    })
  })
  return owner.href
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
