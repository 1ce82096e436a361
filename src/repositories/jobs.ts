import type pg from 'pg'

import { statement } from '../database/statement.ts'

/**
 * The jobs table is graphile-worker's: it is asked with the worker's own login, which sees no dealer's
 * rows. Jobs hold ids, nothing of a person.
 */

/** Connections of the worker's login. */
export type JobPool = pg.Pool

const FREE_HOLDERS = statement(
  'free-holders',
  { own: 'text[]' },
  `select holder from (
     select distinct locked_by as holder from graphile_worker.jobs where locked_by is not null
   ) holders
   where holder <> all (:own) and pg_try_advisory_xact_lock(hashtextextended(holder, 0))`
)

/**
 * Which workers hold jobs but are not alive: the lock that a living one keeps on its id is free.
 * `own` are ids that are known to live.
 */
export async function findDeadHolders(pool: JobPool, own: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ holder: string }>(FREE_HOLDERS.with({ own }))
  return rows.map(({ holder }) => holder)
}

const UNLOCK = statement(
  'unlock-jobs',
  { holders: 'text[]' },
  'select graphile_worker.force_unlock_workers(:holders)'
)

/** Gives what these workers hold to the others, due as it was. */
export async function unlockJobsOf(pool: JobPool, holders: readonly string[]): Promise<void> {
  await pool.query(UNLOCK.with({ holders }))
}

const REMOVE_EXHAUSTED = statement(
  'remove-exhausted-jobs',
  {},
  `select graphile_worker.complete_jobs(array(
     select id from graphile_worker.jobs
     where attempts >= max_attempts and locked_at is null limit 10000))`
)

/** Removes jobs that will never run: replaced while they ran, or failed too often. */
export async function removeExhaustedJobs(pool: JobPool): Promise<void> {
  await pool.query(REMOVE_EXHAUSTED.with({}))
}
