import type { Reference } from './leads/lead.ts'
import type { Match } from './matching/matches.ts'
import type { ImportState } from './imports/import.ts'
import type { MoveObstacle } from './leads/status.ts'
import type { ValueCode } from './reasons/import-reasons.ts'
import type { Reason } from './reasons/reasons.ts'
import type { PromoterState } from './promoters/promoter.ts'
import type { RewardState } from './sales/reward.ts'

/**
 * Why a write was refused: a code, and the facts that belong to it. Use cases return refusals;
 * `http/refusals.ts` turns them into problems, and has the wording of each.
 */
export type Refusal =
  | { refusal: 'not-found'; noun: string }
  | { refusal: 'version-mismatch'; version: number }
  | { refusal: 'idempotency-key-reused' }
  | InvalidCommand
  /** `pointer` is where the reason belongs; default: `/reason`. */
  | { refusal: 'reason-required'; pointer?: string }
  | { refusal: 'too-many'; noun: string; limit: number }
  | { refusal: 'unreachable-contact' }
  | { refusal: 'import-state'; state: ImportState }
  | { refusal: 'lead-has-client' }
  | { refusal: 'status-in-use'; leadCount: number }
  | { refusal: 'sale-status-in-use'; saleCount: number }
  | { refusal: 'client-exists'; matches: readonly Match[] }
  | { refusal: 'account-exists'; matches: readonly Reference[] }
  /** The sales that the caller sees, of those that have the vehicle. */
  | { refusal: 'vehicle-sold'; sales: readonly { id: string; leadId: string }[] }
  | { refusal: 'reward-state'; state: RewardState }
  | { refusal: 'promoter-state'; state: PromoterState }
  | { refusal: 'referral-code-taken' }
  | { refusal: 'gone'; because: Gone }
  | { refusal: 'forbidden'; because: Forbidden }
  | { refusal: 'unauthenticated'; because: Unauthenticated }
  | { refusal: Conflict }

export interface InvalidCommand {
  refusal: 'invalid'
  faults: readonly Fault[]
}

/** Refusals without facts, because the current state does not allow the write. */
export type Conflict =
  // Statuses
  | Exclude<MoveObstacle, 'reason-required'>
  | 'last-status-of-group'
  // Leads
  | 'lead-deleted'
  | 'lead-taken'
  | 'lead-without-queue'
  | 'not-quarantined'
  // Imports
  | 'import-in-use'
  // Users and API keys
  | 'key-not-usable'
  | 'last-owner'
  | 'password-changed'
  // Templates
  | 'template-in-use'
  // Deliveries
  | 'delivery-ended'
  // Promoters
  | 'promoter-without-email'
  // Clients
  | 'client-busy'
  | 'lead-changed'
  | 'lead-closed'
  | 'lead-of-client'
  | 'lead-without-client'
  | 'link-needs-consent'
  | 'link-needs-no-consent'
  | 'link-request-ended'
  | 'link-request-open'
  | 'merged-before'
  | 'merged-with-itself'
  // Opportunities and sales
  | 'lead-not-sold'
  | 'lead-sold'
  | 'no-lost-status'
  | 'no-sold-status'
  | 'no-way-back'
  | 'opportunity-lost'
  | 'opportunity-sold'
  | 'sale-undone'
  | 'sold-lead-one-by-one'
  | 'sold-lead-stays'
  // Qualification and handovers
  | 'inactive-caller'
  | 'no-qualification-form'
  | 'offer-ended'
  | 'offer-open'
  // Rule sets
  | 'rule-set-not-draft'
  | 'rule-set-not-superseded'

/** What the caller knew, and what is no longer there for them. */
export type Gone = 'invitation-accepted' | 'invitation-expired' | 'link-replaced' | 'record-gone'

/** Refusals of writes to a record that the caller sees but may not change. */
export type Forbidden =
  | 'client-of-colleague'
  | 'credit-needs-admin'
  | 'link-of-other-user'
  | 'offer-of-others'
  | 'lead-of-other-user'
  | 'promoter-of-other-user'
  | 'request-of-others'
  | 'responsible-of-other-user'
  | 'role-out-of-reach'

/** Why a caller is not who it claims to be. */
export type Unauthenticated = 'caller-gone' | 'session-ended' | 'wrong-credentials'

/**
 * One wrong value of a command. `pointer` is an RFC 6901 pointer from where the command's content
 * begins in the request; `target` is the field that the value was to fill.
 */
export type Fault = { pointer: string } & (
  { fault: FaultCode } | { reason: Reason<ValueCode>; target?: string } | { message: string }
)

export type FaultCode =
  // Records that are named by a command
  | 'inactive-source'
  | 'inactive-user'
  | 'converted-to-team'
  | 'no-converted-leads'
  | 'other-client'
  | 'needs-overwrite'
  | 'unknown-status'
  | 'unknown-reason'
  | 'unlisted-reason'
  | 'reason-and-id'
  | 'sold-one-by-one'
  | 'unknown-user'
  | 'unknown-sale-status'
  | 'unknown-queue'
  | 'unknown-source'
  // Users and API keys
  | 'not-in-future'
  | 'reversed-absence'
  | 'warning-after-limit'
  // Activities
  | 'activity-not-done'
  | 'unfit-outcome'
  // Promoters and referral links
  | 'name-required'
  | 'no-holder'
  | 'two-holders'
  | 'unknown-promoter'
  // Clients and opportunities
  | 'client-required'
  | 'closed-opportunity'
  | 'in-future'
  | 'no-choice'
  | 'no-lost-lead'
  | 'nameless-client'
  | 'status-of-other-group'
  | 'reason-without-end'
  // Incentive rates
  | 'repeated-measure'
  // Qualification and handovers
  | 'no-other-member'
  | 'note-required'
  | 'offerer-or-assignee'
  | 'reason-of-unqualified'
  | 'unfit-follow-up'
  | 'unknown-clue'

/** A refusal because of one wrong value. */
export function invalid(pointer: string, fault: FaultCode): InvalidCommand {
  return { refusal: 'invalid', faults: [{ pointer, fault }] }
}

export function notFound(noun: string): Refusal {
  return { refusal: 'not-found', noun }
}

export function forbidden(because: Forbidden): Refusal {
  return { refusal: 'forbidden', because }
}

export function unauthenticated(because: Unauthenticated): Refusal {
  return { refusal: 'unauthenticated', because }
}

export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'refusal' in result
}
