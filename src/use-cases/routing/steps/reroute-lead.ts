import type { Transaction } from '../../../database/client.ts'
import { localTimeOf } from '../../../domain/clock/time-zone.ts'
import { SYSTEM_ACTOR } from '../../../domain/events/event.ts'
import type { PlannedDecision } from '../../../domain/leads/decision.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { RoutingOccasion } from '../../../domain/routing/assignment-rules.ts'
import { routeLead } from '../../../domain/routing/route.ts'
import type { Route, RoutingBasis, TeamUser } from '../../../domain/routing/route.ts'
import { routedDecision } from '../../../domain/routing/routed-decision.ts'
import { insertDecisions } from '../../../repositories/leads/decisions.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import { findLeadById, wouldWait } from '../../../repositories/leads/leads.ts'
import { findRoutingBasis } from '../../../repositories/routing/basis.ts'
import { saveTurns } from '../../../repositories/routing/turns.ts'
import { findScoreBases } from '../../../repositories/scoring/score-bases.ts'
import { assign } from '../../leads/steps/assign.ts'
import { makeOffer } from '../../qualification/steps/make-offer.ts'
import { decideInTurn } from './decide-in-turn.ts'

/** The occasion that runs the rules for an existing lead. */
interface Rerouting {
  on: Exclude<RoutingOccasion, 'captured'>
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Lets the assignment rules for an event reassign a locked lead, or offer it. Returns whether it
 * moved: without a fitting rule or an available user it stays. Its current assignee is passed over.
 */
export async function rerouteLead(
  tx: Transaction,
  leadId: string,
  { on, now, mailDomain }: Rerouting
): Promise<boolean> {
  const { basis } = await findRoutingBasis(tx)
  if (!basis.rules?.entries.some((entry) => entry.on === on)) return false
  const [known] = await findScoreBases(tx, [leadId])
  const lead = await findLeadById(tx, leadId)
  if (!known || !lead) throw new Error('a locked lead is gone')
  const { time, weekday } = localTimeOf(now, basis.timeZone)
  const facts = {
    ...basis,
    on,
    lead: { ...known.facts, local: { time, weekday } },
    at: now,
    holderId: lead.assignee?.id ?? null
  }
  const when = { at: now, timeZone: basis.timeZone }
  const { route } = await decideInTurn(tx, when, (turns) => routeLead(facts, turns))
  const outcome = await follow(tx, lead, { route, now, mailDomain })
  if (route.turn && outcome !== 'stayed') await saveTurns(tx, [route.turn])
  await insertDecisions(tx, leadId, [describe(basis.rules, route, outcome)], now)
  return outcome === 'moved'
}

type Outcome = 'moved' | 'offered' | 'stayed'

async function follow(
  tx: Transaction,
  lead: Lead,
  { route, now, mailDomain }: { route: Route; now: Date; mailDomain: string }
): Promise<Outcome> {
  const { entry, user, queue } = route
  if (!entry) return 'stayed'
  if (user && entry.asOffer && entry.on === 'qualified') {
    return await offer(tx, lead, { user, now, mailDomain })
  }
  // A lead with a client, or a closed one, waits in no queue.
  if (!user && queue && !(await wouldWait(tx, lead.id))) return 'stayed'
  const [assignment] = await lockLeadAssignments(tx, null, [lead.id])
  if (!assignment) throw new Error('a locked lead is gone')
  const { moved } = await assign(tx, [assignment], {
    to: { assignee: user, queueId: user ? null : (queue?.id ?? null) },
    actor: SYSTEM_ACTOR,
    eventData: { by: 'rule', entryId: entry.id },
    now,
    mailDomain
  })
  return moved.length > 0 ? 'moved' : 'stayed'
}

async function offer(
  tx: Transaction,
  lead: Lead,
  { user, now, mailDomain }: { user: TeamUser; now: Date; mailDomain: string }
): Promise<Outcome> {
  const made = await makeOffer(tx, {
    lead,
    from: lead.assignee?.id ?? null,
    toUserId: user.id,
    message: null,
    actor: SYSTEM_ACTOR,
    now,
    mailDomain
  })
  return 'refusal' in made ? 'stayed' : 'offered'
}

/** The result: a rule can fit and still move nothing, such as to the queue where the lead waits. */
function describe(rules: RoutingBasis['rules'], route: Route, outcome: Outcome): PlannedDecision {
  const decision = routedDecision(rules, route)
  if (outcome === 'offered') return { ...decision, outcome: 'offered' }
  if (outcome === 'moved') return decision
  const code = (route.entry ?? route.missed) ? decision.code : 'no_rule_reassigns'
  return { ...decision, outcome: 'stayed', code }
}
