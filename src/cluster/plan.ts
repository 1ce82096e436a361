import type { ProcessRole } from '../config/config-settings.ts'
import { StartError } from '../config/start-error.ts'

/** How many processes there are of each kind. */
export interface Plan {
  api: number
  worker: number
}

/** More processes than these are not started unless a setting says so. */
const MOST_API = 8
const MOST_WORKERS = 4

/**
 * The processes for a machine with so many cores, where the settings don't say. PostgreSQL needs half of the
 * cores where it is on the same machine. At least two serve: while one starts anew, the other responds.
 */
export function planProcesses({
  role,
  given,
  cores,
  isEmbedded
}: {
  role: ProcessRole
  given: { api: number | null; worker: number | null }
  cores: number
  isEmbedded: boolean
}): Plan {
  const own = isEmbedded ? cores / 2 : cores
  const api = given.api ?? Math.min(Math.max(Math.round(own * 0.75), 2), MOST_API)
  const worker = given.worker ?? Math.min(Math.max(Math.round(own * 0.25), 1), MOST_WORKERS)
  return { api: role === 'worker' ? 0 : api, worker: role === 'api' ? 0 : worker }
}

/** Connections that each process has beside those of its pool. */
export interface Beside {
  api: number
  worker: number
}

/** Fewer connections make a process wait for itself. */
const LEAST_POOL = 2

/**
 * The connections of each process's pool: as many as asked for, or an equal share of what PostgreSQL takes. A
 * tenth is left to others, and to processes that take the place of killed ones. Throws `StartError` where
 * that is not enough.
 */
export function shareConnections({
  plan,
  beside,
  wanted,
  most
}: {
  plan: Plan
  beside: Beside
  wanted: number
  /** As many connections as PostgreSQL takes from these roles. */
  most: number
}): number {
  const processes = plan.api + plan.worker
  const taken = plan.api * beside.api + plan.worker * beside.worker
  const spare = Math.max(5, Math.ceil(most / 10))
  const share = Math.min(wanted, Math.floor((most - spare - taken) / processes))
  if (share >= LEAST_POOL) return share
  const needed = Math.ceil((taken + LEAST_POOL * processes) / 0.9) + 5
  throw new StartError(
    `PostgreSQL takes ${most} connections, and ${plan.api} API and ${plan.worker} worker processes need ` +
      `${needed}: set fewer (API_PROCESSES, WORKER_PROCESSES), or raise max_connections`
  )
}
