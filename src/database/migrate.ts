import { fileURLToPath } from 'node:url'

import { drizzle } from 'drizzle-orm/node-postgres'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Logger, runMigrations as migrateWorker } from 'graphile-worker'
import type pg from 'pg'

import { StartError } from '../config/start-error.ts'
import { describeFailedLogin, startClient } from './login-faults.ts'
import { refuseMissingRights, rightError } from './rights.ts'
import { LOGIN_KINDS, ensureLogins } from './roles.ts'
import type { LoginKind } from './roles.ts'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Any constant, the same in every version: processes that start together take turns under it. */
const MIGRATION_LOCK = 7_227_901_337

/** How long a start waits for another process's migrations, in milliseconds. */
const MIGRATION_LOCK_WAIT_MS = 120_000

interface MigrateOptions {
  /** What to do with a database that can't be brought there, as an imperative. */
  startAfresh?: string
  /** The logins to make: those for which none is named. */
  logins?: readonly LoginKind[]
}

/**
 * Brings the database to this program's schema, forward only, and makes the login roles.
 *
 * Processes that start together take turns; what one has done, the next finds done.
 *
 * @throws StartError when the schema is not one that this program can continue, the owner lacks a right, or
 *   the database can't be reached.
 */
export async function migrate(
  ownerUrl: string,
  secret: string,
  {
    startAfresh = 'name an empty database in DATABASE_URL',
    logins = LOGIN_KINDS
  }: MigrateOptions = {}
): Promise<void> {
  const client = startClient(ownerUrl, 'leadyard migrations')
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(describeFailedLogin(error, 'DATABASE_URL'))
  }
  try {
    await client.query(`set lock_timeout = ${MIGRATION_LOCK_WAIT_MS}`)
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await refuseMissingRights(client, ownerUrl, logins)
    await refuseForeignSchema(client, startAfresh)
    // A migration that waits for a long transaction gives up instead of blocking all others.
    await client.query("set lock_timeout = '5s'")
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
    await migrateJobs(ownerUrl, client)
    await ensureLogins(client, ownerUrl, secret, logins)
  } catch (error) {
    throw rightError(error) ?? error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whether every migration of this program has been applied, and no other. */
export async function isSchemaCurrent(client: pg.Pool | pg.ClientBase): Promise<boolean> {
  return (await appliedMigrations(client)).join() === knownMigrations().join()
}

/** Whether the database can be written to: a standby can't, nor can one that is set so. */
export async function takesWrites(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ is_read_only: string }>(
    "select current_setting('transaction_read_only') as is_read_only"
  )
  return rows[0]?.is_read_only === 'off'
}

async function refuseForeignSchema(client: pg.ClientBase, startAfresh: string): Promise<void> {
  const applied = await appliedMigrations(client)
  const known = knownMigrations()
  if (applied.some((hash, index) => index < known.length && hash !== known[index])) {
    throw new StartError(
      'the database was made by another development version, and this one does not fit its tables: ' +
        `export what you want to keep with that version, then ${startAfresh}, start again and import it`
    )
  }
  if (applied.length > known.length) {
    throw new StartError(
      `the database has ${applied.length} migrations and this program knows ${known.length}: ` +
        'it was used by a newer version; start that one'
    )
  }
}

/** The hashes of this program's migrations, in their order. */
function knownMigrations(): string[] {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).map(({ hash }) => hash)
}

/** The hashes of the migrations that made this database, in their order. */
async function appliedMigrations(client: pg.Pool | pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there"
  )
  if (rows[0]?.there !== true) return []
  const applied = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by id'
  )
  return applied.rows.map(({ hash }) => hash)
}

/**
 * graphile-worker keeps its own schema. The worker's role may use it, and only that: it holds ids of
 * dealers and deliveries, nothing of a person.
 */
async function migrateJobs(ownerUrl: string, client: pg.ClientBase): Promise<void> {
  await migrateWorker({ connectionString: ownerUrl, logger: silentLogger() })
  await client.query(`
    grant usage on schema graphile_worker to leadyard_worker;
    grant select, insert, update, delete on all tables in schema graphile_worker to leadyard_worker;
    grant usage, select on all sequences in schema graphile_worker to leadyard_worker;
    grant execute on all functions in schema graphile_worker to leadyard_worker;
    do $$
    declare
      t regclass;
    begin
      for t in select c.oid::regclass from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'worker')
      loop
        execute format('create policy worker on %s to leadyard_worker using (true)', t);
      end loop;
    end
    $$;
    grant usage on schema drizzle to leadyard_app;
    grant select on drizzle.__drizzle_migrations to leadyard_app`)
}

function silentLogger() {
  return new Logger(() => () => undefined)
}
