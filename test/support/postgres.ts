import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the suite's one PostgreSQL is reached by; written by `start-postgres.ts`. */
export interface TestPostgres {
  /** Of the template database, for its owner: no superuser, and not above row security by a privilege. */
  url: string
  /** The same for the superuser. */
  superuserUrl: string
  /** Holds the cluster; removed with it. */
  directory: string
}

/** The name of this checkout's file: suites of two checkouts don't meet. */
export const TEST_POSTGRES_FILE = join(
  tmpdir(),
  `leadyard-test-${createHash('sha256')
    .update(import.meta.url)
    .digest('hex')
    .slice(0, 12)}.json`
)

/** The database that every test's own is a copy of. */
export const TEMPLATE = 'leadyard'

/** Derives the login roles' passwords, as an installation's secret does. */
export const TEST_SECRET = 'a secret of the tests, long enough to be one'
