import { planAutoResponse } from './auto-response.ts'
import type { PlannedAutoResponse } from './auto-response.ts'
import { planResponse } from '../dealers/response-limit.ts'
import type { ResponsePlan } from '../dealers/response-limit.ts'
import { localTimeOf } from '../clock/time-zone.ts'
import type { Temperature } from '../leads/temperature.ts'
import { because } from '../reasons/reasons.ts'
import type { DecisionCode, QuarantineCode } from '../reasons/decision-reasons.ts'
import type { TurnQuestion } from '../routing/route.ts'
import type { TurnState, TurnTaken } from '../routing/turns.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import { scoreAtCapture, scoredDecision } from '../scoring/score.ts'
import type { LeadScore } from '../scoring/score.ts'
import { decideAnnouncement } from './announcement.ts'
import type { PlannedDelivery } from '../deliveries/delivery.ts'
import type { CaptureCandidate, CaptureFacts } from './capture-facts.ts'
import { isDialable, isReachable, vehicleKey } from '../leads/contact.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import { quarantineReasonOf } from '../leads/quarantine.ts'
import type { Reference } from '../leads/lead.ts'
import { comparePeople, withoutCandidate } from '../matching/matches.ts'
import type { Match } from '../matching/matches.ts'
import { decided } from '../leads/decision.ts'
import { decideOwner } from './ownership.ts'
import type { KnownPerson } from './ownership.ts'
import { isOpenGroup } from '../leads/status-groups.ts'

/** The decisions about a captured lead, with their reasons. */
export interface CapturePlan extends ResponsePlan {
  quarantineReason: QuarantineCode | null
  /** Of the same name, or of a form of it: what happens to the lead is decided from these. */
  matches: Match[]
  /** All who share an e-mail or phone. */
  sharing: Match[]
  duplicateOf: string | null
  assignee: Reference | null
  queue: Reference | null
  /** The turn that the rules took, if any. */
  turn: TurnTaken | null
  score: number | null
  temperature: Temperature | null
  coolAt: Date | null
  deliveries: PlannedDelivery[]
  /** The auto-response to the person. */
  autoResponse: PlannedAutoResponse | null
  decisions: PlannedDecision[]
}

/**
 * Decides everything about a new lead: whether it is held, what it is worth, whose it is, and who
 * hears of it. Where the rules take turns, answers what to ask first; called again with the answer in
 * `turns`, by the entry's id, it goes on.
 */
export function planCapture(
  facts: CaptureFacts,
  turns: ReadonlyMap<string, TurnState> = new Map()
): { ask: TurnQuestion } | { plan: CapturePlan } {
  const sought = { contact: facts.content.contact, policy: facts.settings.matchingPolicy }
  const { sharing, found } = comparePeople(sought, {
    candidates: facts.candidates,
    crowded: facts.crowdedCandidates ?? [],
    similar: facts.similar ?? []
  })
  const original = findOriginal(
    facts,
    found.map(({ candidate }) => candidate)
  )
  const duplicateOf = original?.id ?? null
  const quarantineReason = facts.isReleased === true ? null : quarantineReasonOf(facts.content)
  const known = describeLead(facts, { found, duplicateOf })
  const score = facts.scoring
    ? scoreAtCapture({ rules: facts.scoring.rules, facts: known, at: facts.decidedAt })
    : null
  const lead = { ...known, score: score?.score ?? null, temperature: score?.temperature ?? null }
  const owner = decideOwner(facts, { found, lead, isHeld: quarantineReason !== null, turns })
  if ('ask' in owner) return owner
  const { assignee, queue, turn, decision: routed } = owner.assignment
  const announced = { assignee, queue, duplicateOf, quarantineReason }
  const announcement = decideAnnouncement(facts, announced)
  const repeatedSince = original?.receivedAt ?? null
  const response = planAutoResponse(facts, { lead, found, repeatedSince, quarantineReason })
  const matches = found.map(withoutCandidate)
  return {
    plan: {
      quarantineReason,
      matches,
      sharing,
      duplicateOf,
      assignee: assignee && { id: assignee.id, name: assignee.name },
      queue: queue && { id: queue.id, name: queue.name },
      turn,
      score: lead.score,
      temperature: lead.temperature,
      coolAt: score?.coolAt ?? null,
      ...responseOf(facts, { isHeld: quarantineReason !== null, queue }),
      deliveries: announcement.deliveries,
      autoResponse: response.autoResponse,
      decisions: [
        validatedDecision(facts),
        ...(facts.isIdReused === true ? [REUSED_ID] : []),
        ...(quarantineReason === null ? [] : [quarantinedDecision(quarantineReason)]),
        matchedDecision(facts, { matches, sharing }),
        ...(duplicateOf === null ? [] : [repeatedDecision(facts, duplicateOf)]),
        ...scoredDecisions(facts, score),
        routed,
        announcement.decision,
        ...response.decisions
      ]
    }
  }
}

/** The new lead as rules see it. */
function describeLead(
  { content, source, referral, receivedAt, routing }: CaptureFacts,
  { found, duplicateOf }: { found: readonly KnownPerson[]; duplicateOf: string | null }
): LeadFacts {
  const client = found.find(({ type, band }) => type === 'client' && band === 'sure')
  const { time, weekday } = localTimeOf(receivedAt, routing.timeZone)
  return {
    content,
    source,
    status: { group: 'new' },
    temperature: null,
    score: null,
    promoter: referral?.promoter ?? null,
    referralLink: referral,
    client: client ? { id: client.id } : null,
    duplicateOf,
    qualification: null,
    local: { time, weekday }
  }
}

/** The response deadline; held leads and tests have none. */
function responseOf(
  { settings, routing, content, decidedAt }: CaptureFacts,
  { isHeld, queue }: { isHeld: boolean; queue: Reference | null }
): ResponsePlan {
  if (isHeld || content.isTest) return { respondBy: null, clockDueAt: null }
  const own = routing.queues.find(({ id }) => id === queue?.id)?.workingHours
  const hours = own ?? routing.workingHours
  return planResponse({ settings, hours, zone: routing.timeZone, from: decidedAt })
}

function scoredDecisions({ scoring }: CaptureFacts, score: LeadScore | null): PlannedDecision[] {
  return scoring && score ? [scoredDecision(score, scoring.id)] : []
}

/**
 * The lead that this one repeats, or null: the same person asked by the same source about the same
 * vehicle within the dealer's window, and that lead is still open. The earliest wins, so that a run
 * of repeats points at one original instead of at each other.
 */
function findOriginal(
  facts: CaptureFacts,
  candidates: readonly CaptureCandidate[]
): { id: string; receivedAt: Date } | null {
  const { content, receivedAt, settings, source } = facts
  const since = receivedAt.getTime() - settings.duplicateWindowHours * 3_600_000
  const vehicle = vehicleKey(content.vehicles)
  const earlier = candidates
    .flatMap(({ id, lead }) => (lead ? [{ id, ...lead }] : []))
    .filter((lead) => lead.duplicateOf === null && !lead.quarantined)
    .filter((lead) => lead.isTest === content.isTest && isOpenGroup(lead.statusGroup))
    .filter((lead) => lead.sourceId === source.id && lead.vehicleKey === vehicle)
    .filter((lead) => lead.receivedAt.getTime() >= since)
    // Leads that came while this one was held, or after it was sent, are no earlier ones.
    .filter((lead) => !isOfThePast(facts) || lead.receivedAt <= receivedAt)
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
  return earlier.at(0) ?? null
}

function isOfThePast({ isReleased, isListed }: CaptureFacts): boolean {
  return isReleased === true || isListed === true
}

const REUSED_ID = decided('repeated', 'none', because('external_id_reused'), {})

function validatedDecision({ content }: CaptureFacts): PlannedDecision {
  const { emails, phones } = content.contact
  const facts = {
    emails: emails.length,
    usableEmails: emails.filter(({ valid }) => valid).length,
    phones: phones.length,
    usablePhones: phones.filter(isDialable).length,
    unmapped: content.unmapped.length
  }
  const verdict = isReachable(content.contact) ? 'reachable' : 'unreachable'
  const isSure = facts.usableEmails > 0 || phones.some(({ valid }) => valid)
  const code = verdict === 'reachable' && !isSure ? 'only_unsure_phone' : verdict
  return decided('validated', verdict, because(code), facts)
}

function quarantinedDecision(code: QuarantineCode): PlannedDecision {
  return decided('quarantined', 'held', because(code), {})
}

function matchedDecision(
  { candidates, crowdedKeys }: CaptureFacts,
  { matches, sharing }: Pick<CapturePlan, 'matches' | 'sharing'>
): PlannedDecision {
  const best = matches.at(0) ?? null
  const isOfMany = crowdedKeys > 0
  const similar = isOfMany ? null : (sharing.find(({ similarOnly }) => similarOnly) ?? null)
  // Another person's record decides nothing, and is told.
  const known = new Set(candidates.map(({ id }) => id))
  const nearest = best ?? sharing.find(({ id }) => known.has(id)) ?? null
  const told = nearest ?? similar
  const code = matchedCode({ best, nearest, similar, isOfMany })
  return decided('matched', best?.band ?? 'none', because(code), {
    candidates: candidates.length,
    crowdedKeys,
    best: told ? { type: told.type, id: told.id, score: told.score } : null
  })
}

function matchedCode(found: {
  best: Match | null
  nearest: Match | null
  similar: Match | null
  isOfMany: boolean
}): Extract<DecisionCode, `contact_${string}`> {
  if (found.best) return 'contact_known'
  if (found.nearest) return 'contact_known_name_differs'
  if (found.isOfMany) return 'contact_shared_by_many'
  return found.similar ? 'contact_similar' : 'contact_unknown'
}

function repeatedDecision({ settings }: CaptureFacts, duplicateOf: string): PlannedDecision {
  const { duplicateWindowHours: windowHours } = settings
  return decided('repeated', 'duplicate', because('same_request', { windowHours }), { duplicateOf })
}
