import { setTimeout as wait } from 'node:timers/promises'

import type { Logger } from 'pino'

import { findDeadHolders, unlockJobsOf } from '../repositories/jobs.ts'
import type { JobPool } from '../repositories/jobs.ts'

/** How long a worker may be without its lock before it counts as dead, in milliseconds. */
const SECOND_LOOK_MS = 3_000

/** How often jobs of dead workers are looked for, in milliseconds. */
const RESCUE_MS = 10_000

/**
 * Hands the jobs of dead workers to the living, and returns how many workers were dead.
 *
 * A worker counts as dead when its lock was free at two looks: after a restart of PostgreSQL, or
 * just after it started, a living one is without its lock for a moment.
 */
export async function rescueJobs(pool: JobPool, own: () => readonly string[]): Promise<number> {
  const suspects = await findDeadHolders(pool, own())
  if (suspects.length === 0) return 0
  await wait(SECOND_LOOK_MS, undefined, { ref: false })
  const stillFree = await findDeadHolders(pool, own())
  const dead = stillFree.filter((holder) => suspects.includes(holder))
  if (dead.length > 0) await unlockJobsOf(pool, dead)
  return dead.length
}

/** Looks for jobs of the dead now and every few seconds, until stopped. */
export function keepRescuing(
  pool: JobPool,
  own: () => readonly string[],
  logger: Logger
): { stop: () => void } {
  let isStopped = false
  const keep = async () => {
    while (!isStopped) {
      try {
        const count = await rescueJobs(pool, own)
        if (count > 0) logger.warn({ count }, 'jobs of dead workers taken over')
      } catch (err) {
        logger.warn({ err }, 'jobs of dead workers could not be looked for')
      }
      await wait(RESCUE_MS, undefined, { ref: false })
    }
  }
  void keep()
  return {
    stop() {
      isStopped = true
    }
  }
}
