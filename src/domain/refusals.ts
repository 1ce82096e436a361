import type { Reference } from './leads/lead.ts'
import type { Match } from './leads/matching.ts'
import type { MoveObstacle } from './leads/status.ts'
import type { RewardState } from './sales/reward.ts'

/**
 * Why a write was refused: a code, and the facts that belong to it. Use cases return refusals;
 * `http/refusals.ts` turns them into problems, and has the wording of each.
 */
export type Refusal =
  | { refusal: 'not-found'; noun: string }
  | { refusal: 'version-mismatch'; version: number }
  | { refusal: 'idempotency-key-reused' }
  | { refusal: 'invalid'; faults: readonly Fault[] }
  | { refusal: 'reason-required' }
  | { refusal: 'too-many'; noun: string; limit: number }
  | { refusal: 'status-in-use'; leadCount: number }
  | { refusal: 'sale-status-in-use'; saleCount: number }
  | { refusal: 'client-exists'; matches: readonly Match[] }
  | { refusal: 'account-exists'; matches: readonly Reference[] }
  | { refusal: 'reward-state'; state: RewardState }
  | { refusal: 'credit-needs-admin' }
  | { refusal: Conflict }

/** Refusals without facts, because the present state does not allow the write. */
export type Conflict =
  // Statuses
  | Exclude<MoveObstacle, 'reason-required'>
  | 'last-status-of-group'
  // Deliveries
  | 'delivery-ended'
  // Sales
  | 'sale-undone'

/**
 * One wrong value of a command. `pointer` is an RFC 6901 pointer from where the command's content
 * begins in the request.
 */
export type Fault = { pointer: string } & ({ fault: FaultCode } | { message: string })

export type FaultCode =
  // Records that are named by a command
  | 'inactive-user'
  | 'other-client'
  | 'unknown-status'
  | 'unknown-user'
  | 'unknown-sale-status'
  // Activities
  | 'activity-not-done'
  | 'unfit-outcome'
  // Incentive rates
  | 'repeated-measure'

/** A refusal because of one wrong value. */
export function invalid(pointer: string, fault: FaultCode): Refusal {
  return { refusal: 'invalid', faults: [{ pointer, fault }] }
}

export function notFound(noun: string): Refusal {
  return { refusal: 'not-found', noun }
}

export function isRefusal<Done>(result: Done | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null && 'refusal' in result
}
