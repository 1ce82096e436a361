import { because } from '../reasons/reasons.ts'
import { obstacleOf } from '../routing/assignable-user.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import { eachOnce, routeLead } from '../routing/route.ts'
import type { PassedOver, RoutingQueue, TurnQuestion } from '../routing/route.ts'
import { routedDecision } from '../routing/routed-decision.ts'
import type { TurnState, TurnTaken } from '../routing/turns.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import type { CaptureCandidate, CaptureFacts } from './capture-facts.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import type { Match } from '../matching/matches.ts'
import { isOpenGroup } from '../leads/status-groups.ts'
import { decided } from '../leads/decision.ts'

/** A match with the record it was found by. */
export type KnownPerson = Match & { candidate: CaptureCandidate }

/** The assignment of a lead to a user or a queue. */
interface Assignment {
  assignee: AssignableUser | null
  queue: RoutingQueue | null
  turn: TurnTaken | null
  decision: PlannedDecision
}

interface Known {
  found: readonly KnownPerson[]
  lead: LeadFacts
  /** Held leads are not routed: rules apply when they are released. */
  isHeld: boolean
  turns: ReadonlyMap<string, TurnState>
}

type OwnerCode =
  | 'named_by_sender'
  | 'kept_at_release'
  | 'referral_link_user'
  | 'referral_fallback'
  | 'known_person'
  | 'entered_by_user'

/**
 * Decides a lead's assignee. In this order: the user the sender named; the referral link's user,
 * else the dealer's fallback; the user who already has this person; the user the assignment rules
 * name; else the default queue. A lead that a user entered is theirs before the rules are asked, or
 * where none fits, by the dealer's setting.
 */
export function decideOwner(
  facts: CaptureFacts,
  known: Known
): { ask: TurnQuestion } | { assignment: Assignment } {
  const passedOver: PassedOver[] = []
  const take = (user: AssignableUser | null | undefined, code: OwnerCode): Assignment | null => {
    if (!user) return null
    const obstacle = obstacleOf(user, facts.decidedAt)
    if (obstacle === null) return assigned(user, code, passedOver)
    passedOver.push({ userId: user.id, code: obstacle })
    return null
  }
  const { referral, settings } = facts
  const named = facts.isReleased === true ? 'kept_at_release' : 'named_by_sender'
  const assignment =
    take(facts.namedAssignee, named) ??
    take(referral?.user, 'referral_link_user') ??
    (referral ? take(facts.fallbackAssignee, 'referral_fallback') : null) ??
    (settings.keepOwner ? takeKnownOwner(known.found, take) : null) ??
    (settings.ownEnteredLeads === 'author' ? assignedToAuthor(facts, passedOver) : null)
  return assignment ? { assignment } : decideByRules(facts, known, passedOver)
}

/** The user who already has this person: by a client or an open lead that surely is the same. */
function takeKnownOwner(
  found: readonly KnownPerson[],
  take: (user: AssignableUser | null, code: OwnerCode) => Assignment | null
): Assignment | null {
  for (const { band, candidate } of found) {
    const { lead, owner } = candidate
    const isCurrent = lead === null || (isOpenGroup(lead.statusGroup) && !lead.quarantined)
    const assignment = band === 'sure' && isCurrent ? take(owner, 'known_person') : null
    if (assignment) return assignment
  }
  return null
}

/** Who enters a lead is there to work on it, even in a time of absence. */
function assignedToAuthor({ author }: CaptureFacts, passedOver: PassedOver[]): Assignment | null {
  return author && assigned(author, 'entered_by_user', passedOver)
}

function decideByRules(
  facts: CaptureFacts,
  { lead, isHeld, turns }: Known,
  passedOver: PassedOver[]
): { ask: TurnQuestion } | { assignment: Assignment } {
  const { routing, decidedAt } = facts
  const rules = isHeld ? null : routing.rules
  const verdict = routeLead(
    { ...routing, rules, on: 'captured', lead, at: decidedAt, holderId: null },
    turns
  )
  if ('ask' in verdict) return verdict
  const { route } = verdict
  const all = [...passedOver, ...route.passedOver]
  const own = route.entry ? null : assignedToAuthor(facts, all)
  if (own) return { assignment: own }
  const { user, turn } = route
  const queue = route.queue ?? routing.queues.find(({ isDefault }) => isDefault) ?? null
  const decision = routedDecision(rules, route, passedOver)
  return { assignment: { assignee: user, queue: user ? null : queue, turn, decision } }
}

function assigned(assignee: AssignableUser, code: OwnerCode, passedOver: PassedOver[]): Assignment {
  const facts = { assigneeId: assignee.id, passedOver: eachOnce(passedOver) }
  const decision = decided('routed', 'assigned', because(code), facts)
  return { assignee, queue: null, turn: null, decision }
}
