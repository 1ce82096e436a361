import type {
  Conflict,
  Fault,
  FaultCode,
  Forbidden,
  Gone,
  Refusal,
  Unauthenticated
} from '../domain/refusals.ts'
import type { ImportState } from '../domain/imports/import.ts'
import type { PromoterState } from '../domain/promoters/promoter.ts'
import type { RewardState } from '../domain/sales/reward.ts'
import { problems } from './problems.ts'
import type { FieldError, Problem } from './problems.ts'
import { pointerAt } from './request-parts.ts'
import { fieldMessageOf } from '../wording/reasons.ts'

/**
 * The refusal as a problem. `base` is where in the request the command's content begins,
 * such as `/rules`, or `IN_QUERY`.
 */
export function toProblem(refusal: Refusal, base = ''): Problem {
  const problem = describe(refusal, base)
  problem.extras.refusal = { code: codeOf(refusal), facts: factsOf(refusal) }
  return problem
}

function codeOf(refusal: Refusal): string {
  return 'because' in refusal ? refusal.because : refusal.refusal
}

const FACTS = new Set(['noun', 'limit', 'state', 'version', 'leadCount', 'saleCount'])

/** What the detail names. Other members of the problem have the faults and matches. */
function factsOf(refusal: Refusal): Record<string, unknown> {
  return Object.fromEntries(Object.entries(refusal).filter(([name]) => FACTS.has(name)))
}

function describe(refusal: Refusal, base: string): Problem {
  if (isConflict(refusal)) return problems.conflict(CONFLICTS[refusal.refusal])
  switch (refusal.refusal) {
    case 'not-found':
      return problems.notFound(refusal.noun)
    case 'version-mismatch':
      return problems.versionMismatch(refusal.version)
    case 'idempotency-key-reused':
      return problems.idempotencyKeyReused()
    case 'invalid':
      return problems.validation(refusal.faults.map((fault) => toFieldError(fault, base)))
    case 'reason-required':
      return problems.reasonRequired(pointerAt(base, refusal.pointer ?? '/reason'))
    case 'too-many':
      return problems.conflict(`The limit of ${refusal.limit} ${refusal.noun} is reached.`)
    case 'unreachable-contact':
      return problems.unreachableContact()
    case 'import-state':
      return problems.conflict(IMPORT_STATES[refusal.state])
    case 'lead-has-client':
      return problems.leadNotOpen('The lead has a client. Unlink it first, or move it.')
    case 'status-in-use':
      return problems.statusInUse(refusal.leadCount)
    case 'sale-status-in-use':
      return problems.saleStatusInUse(refusal.saleCount)
    case 'client-exists':
      return problems.clientExists(refusal.matches)
    case 'account-exists':
      return problems.accountExists(refusal.matches)
    case 'vehicle-sold':
      return problems.vehicleSold(refusal.sales)
    case 'reward-state':
      return problems.conflict(REWARD_STATES[refusal.state])
    case 'promoter-state':
      return problems.conflict(PROMOTER_STATES[refusal.state])
    case 'referral-code-taken':
      return problems.alreadyExists('Another link has this code.', '/code')
    case 'gone':
      return problems.gone(GONE[refusal.because])
    case 'forbidden':
      return problems.forbidden(FORBIDDEN[refusal.because])
    case 'unauthenticated':
      return problems.unauthenticated(UNAUTHENTICATED[refusal.because])
  }
}

function isConflict(refusal: Refusal): refusal is Extract<Refusal, { refusal: Conflict }> {
  return refusal.refusal in CONFLICTS
}

function toFieldError(fault: Fault, base: string): FieldError {
  const pointer = pointerAt(base, fault.pointer)
  if ('reason' in fault) {
    const message = fieldMessageOf(fault.reason)
    const { target } = fault
    const filling = target === undefined ? message : `${message}, to fill ${target}`
    return { pointer, message: filling, code: fault.reason.code }
  }
  if ('fault' in fault) return { pointer, message: FAULTS[fault.fault], code: fault.fault }
  return { pointer, message: fault.message }
}

/** What an import, a reward or a promoter in this state needs first. */
const IMPORT_STATES: Record<ImportState, string> = {
  receiving:
    'The file of the import is still being received. Wait until the import is ready: GET /v1/imports/{id}.',
  ready: 'The import is ready, and nothing runs. Start it: POST /v1/imports/{id}/start.',
  checking:
    'The import is being checked. Wait until it is ready, or cancel the check: POST /v1/imports/{id}/cancel.',
  running: 'The import runs. Wait until it is done, or cancel it: POST /v1/imports/{id}/cancel.',
  done: 'The import is done. To take its records back, undo its operation: POST /v1/operations/{id}/undo.',
  cancelled:
    'The import was cancelled. To take its records back, undo its operation: POST /v1/operations/{id}/undo. To import the rest, upload the file again.',
  undoing: 'The import is being undone. To import the file, upload it again.',
  undone: 'The import was undone. To import the file, upload it again.',
  failed: 'The import failed: fault has the reason. Upload the file again.'
}

const REWARD_STATES: Record<RewardState, string> = {
  pending: 'The sale of the reward is not fulfilled yet. The reward can be approved after that.',
  eligible: 'The reward is not approved yet. Approve it first: POST /v1/rewards/{id}/approve.',
  approved: 'The reward is approved already. Record its payment: POST /v1/rewards/{id}/pay.',
  paid: 'The reward is paid already.',
  cancelled: 'The reward is cancelled, because its sale was cancelled or undone.'
}

const PROMOTER_STATES: Record<PromoterState, string> = {
  invited: 'The promoter is invited, and has not accepted yet.',
  pending:
    'The promoter signed up and waits for approval, so no invitation is needed: PATCH /v1/promoters/{id} with the state active.',
  active: 'The promoter is active, so no invitation is needed.',
  removed: 'The promoter is removed, so no invitation is sent.'
}

export const CONFLICTS: Record<Conflict, string> = {
  // Promoters
  'promoter-without-email': 'The promoter has no e-mail address.',
  // Clients
  'client-busy': 'A lead was linked to the client at the same moment. Try again.',
  'lead-changed': 'The lead was changed at the same moment. Try again.',
  'lead-closed': 'The lead is closed. Reopen it first.',
  'lead-of-client': 'The lead has this client already.',
  'lead-without-client': 'The lead has no client.',
  'link-needs-consent':
    'It is a client of a colleague, who must agree first. Ask with POST /v1/leads/{id}/link-requests.',
  'link-needs-no-consent':
    'The link needs no agreement of a colleague. Make it with POST /v1/leads/{id}/link.',
  'link-request-ended': 'The request has ended.',
  'link-request-open': 'The responsible user was asked already, and has not answered yet.',
  'merged-before': 'One of the clients was already merged into another.',
  'merged-with-itself': 'A client can’t be merged with itself.',
  // Opportunities and sales
  'lead-not-sold':
    'The lead is lost. Move it to a status of group sold (POST /v1/leads/{id}/status): then its sale counts again.',
  'lead-sold':
    'The lead has a sale of another opportunity (GET /v1/sales?lead={leadId}). For one more sale, record another lead; if that sale is wrong, undo its operation: POST /v1/operations/{id}/undo.',
  'no-lost-status':
    'The dealer has no status of group lost. Create one with POST /v1/statuses, or leave out closeLead.',
  'no-sold-status': 'The dealer has no status of group sold. Create one with POST /v1/statuses.',
  'no-way-back':
    'The lead can’t go back to where it stood before it was sold: that status is gone, or closed to it. Move the lead to another status (POST /v1/leads/{id}/status): that cancels its sale.',
  'opportunity-lost':
    'The opportunity of the sale is lost. Set it to another stage first: PATCH /v1/opportunities/{id}.',
  'opportunity-sold':
    'The opportunity has a sale. Undo the sale first (POST /v1/operations/{id}/undo with its operationId), or cancel it: PATCH /v1/sales/{id} with a status of group cancelled.',
  'sale-undone': 'The sale was undone.',
  'sold-lead-one-by-one':
    'The lead is sold, and the move would cancel its sale. Move it by itself (POST /v1/leads/{id}/status), or undo the operation of the sale (GET /v1/sales?lead={leadId}): POST /v1/operations/{id}/undo.',
  'sold-lead-stays':
    'The lead is sold by another sale (GET /v1/sales?lead={leadId}). Leave out closeLead, or cancel that sale first: PATCH /v1/sales/{id}.',
  // Qualification and handovers
  'inactive-caller': 'Your user is not active.',
  'no-qualification-form':
    'There is no qualification form for leads of this type. An owner or admin makes one: PUT /v1/qualification-forms/{type}.',
  'offer-ended': 'The offer has ended.',
  'offer-open': 'The lead has an open offer. Withdraw it first.',
  // Rule sets
  'rule-set-not-draft': 'Only drafts can be changed, published or deleted.',
  'rule-set-not-superseded': 'Only a superseded version can be rolled back to.',
  // Leads
  'lead-deleted': 'The lead is deleted. Restore it first.',
  'lead-taken': 'The lead is assigned to another user.',
  'lead-without-queue':
    'The lead has a client or is closed, so it waits in no queue. Assign it to a user.',
  'not-quarantined': 'The lead is not quarantined.',
  // Imports
  'import-in-use': 'The import runs or has run, or its file is still being received.',
  // Users and API keys
  'key-not-usable': 'The key is revoked or expired.',
  'last-owner': 'A dealer keeps at least one active owner.',
  'password-changed': 'Another request changed the password at the same moment.',
  // Templates
  'template-in-use': 'The published auto-response rules name this template.',
  // Deliveries
  'delivery-ended':
    'The delivery is sent or cancelled: only one that failed or waits can be tried again.',
  // Statuses
  'last-status-of-group': 'It is the last status of a group that the service needs.',
  'needs-conversion': 'A lead enters this group by its conversion: POST /v1/leads/{id}/convert.',
  'needs-link': 'A lead enters this group by a link to a client: POST /v1/leads/{id}/link.',
  'needs-unlink':
    'The lead has a client. To make it new again, unlink it: POST /v1/leads/{id}/unlink.',
  quarantined: 'The lead is quarantined. Release it first.'
}

export const GONE: Record<Gone, string> = {
  'invitation-accepted':
    'The invitation was accepted. The welcome mail has the address of the promoter’s page.',
  'invitation-expired': 'The invitation has expired. Ask for a new one.',
  'link-replaced': 'The link was replaced or taken back. Ask the dealer for a new one.',
  'record-gone':
    'You were notified of the record, and do not see it any more: it was removed, or another user has it.'
}

export const FORBIDDEN: Record<Forbidden, string> = {
  'client-of-colleague':
    'It is a client of a colleague. The dealer’s settings do not allow links to it.',
  'credit-needs-admin': 'Only admins change the user who gets the credit.',
  'lead-of-other-user': 'Members return only leads that are assigned to them.',
  'link-of-other-user':
    'Members create links for themselves and for promoters that they signed up.',
  'offer-of-others':
    'Only a recipient can accept or decline the offer, and only its maker, an owner or an admin can withdraw it.',
  'promoter-of-other-user': 'Members create promoters only for themselves.',
  'request-of-others':
    'Only the responsible user, an owner or an admin can answer the request, and only the user who asked, an owner or an admin can withdraw it.',
  'responsible-of-other-user':
    'Only the responsible user, an owner or an admin can give the record to another user.',
  'role-out-of-reach':
    'Only an owner can create or change owners and admins, or give a user these roles. An admin can do so with members only.'
}

export const UNAUTHENTICATED: Record<Unauthenticated, string> = {
  'caller-gone': 'The user of this access token does not exist.',
  'session-ended': 'The session has ended. Sign in again.',
  'wrong-credentials': 'The dealer, e-mail address or password is wrong.'
}

export const FAULTS: Record<FaultCode, string> = {
  // Users and API keys
  'not-in-future': 'must be in the future',
  'warning-after-limit': 'must be less than responseLimitMinutes',
  'reversed-absence': 'has one that ends before it begins',
  // Activities
  'activity-not-done': 'is only for activities whose state is done',
  'unfit-outcome': 'is not an outcome of this type and state',
  // Promoters and referral links
  'name-required': 'is required, because the invitation has no name',
  'no-holder': 'is required without promoterId',
  'two-holders': 'is not allowed together with promoterId',
  'unknown-promoter': 'is not a known promoter',
  // Clients and opportunities
  'client-required': 'is required unless the lead has a client',
  'closed-opportunity': 'is won or lost',
  'in-future': 'is in the future',
  'no-choice': 'is not a field of the two clients whose value can be chosen',
  'no-lost-lead': 'is only for a lost opportunity that has a lead',
  'nameless-client': 'needs a name, an e-mail address or a phone number',
  'status-of-other-group': 'is not a status of the group that the lead enters',
  'reason-without-end': 'is only for opportunities that are won or lost',
  // Incentive rates
  'repeated-measure': 'names a measure that has a rate already',
  // Qualification and handovers
  'no-other-member': 'has no other active member',
  'note-required': 'is required when the result differs from the result of the form',
  'offerer-or-assignee': 'is the assignee of the lead or the user who offers it',
  'reason-of-unqualified': 'is required for the result unqualified',
  'unfit-follow-up': 'is only for the result not_yet',
  'unknown-clue': 'is not a clue of this question in the form',
  // Records that are named by a command
  'unknown-sale-status': 'is not another sale status',
  'inactive-source': 'is not an active source',
  'inactive-user': 'is not an active user',
  'no-converted-leads': 'has no grant `conversions.view`: a converted lead is closed to this user',
  'converted-to-team':
    'is for a team: a converted lead is offered to one user who can work on it (toUserId)',
  'other-client': 'belongs to another client',
  'needs-overwrite':
    'is not the responsible user of this client: send overwrite with it to give the client to another user, or leave it out',
  'sold-one-by-one': 'is of group sold: leads are sold one by one, each with its sale',
  'unknown-status': 'is not a known status',
  'unknown-reason': 'is not an active reason of the group that the lead enters',
  'reason-and-id': 'is not allowed together with reasonId',
  'unlisted-reason':
    'must be a reason of the dealer’s list: GET /v1/status-reasons has their keys and names',
  'unknown-user': 'is not a known user',
  'unknown-queue': 'is not a known queue',
  'unknown-source': 'is not a known source'
}
