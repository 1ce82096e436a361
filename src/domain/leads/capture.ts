import type { DealerSettings, Locale } from '../dealers/dealer.ts'
import type { DecisionStep } from './decision.ts'
import type { DeliveryPurpose } from '../deliveries/delivery.ts'
import { obstacleOf } from '../routing/assignable-user.ts'
import type { AssignableUser } from '../routing/assignable-user.ts'
import { isReachable, vehicleKey } from './contact.ts'
import type { LeadContent, Reference } from './lead.ts'
import { findMatches, withoutCandidate } from './matching.ts'
import type { Candidate, Match } from './matching.ts'
import { isOpenGroup } from './status.ts'
import type { StatusGroup } from './status.ts'

/** A stored client or lead that shares an e-mail or phone with the new lead's person. */
export interface CaptureCandidate extends Candidate {
  /** The lead's assignee, or the client's responsible user. */
  owner: AssignableUser | null
  /** Of leads only. */
  lead: {
    statusGroup: StatusGroup
    sourceId: string
    vehicleKey: string | null
    receivedAt: Date
    duplicateOf: string | null
    quarantined: boolean
    isTest: boolean
  } | null
}

export interface CapturedReferral {
  id: string
  code: string
  active: boolean
  user: AssignableUser | null
  promoter: (Reference & { email: string | null; active: boolean; locale: Locale | null }) | null
}

/** Everything a capture decides from. */
export interface CaptureFacts {
  content: LeadContent
  receivedAt: Date
  settings: DealerSettings
  sourceId: string
  defaultQueue: Reference
  /** Whom the sender named, or null. */
  namedAssignee: AssignableUser | null
  fallbackAssignee: AssignableUser | null
  referral: CapturedReferral | null
  candidates: readonly CaptureCandidate[]
  /** Keys left out because too many records share them. */
  crowdedKeys: number
  /** Somebody looked at a held lead and let it go on; `namedAssignee` is whose it is by then. */
  isReleased?: boolean
  /** The moment of deciding: of a held lead, that of its release. */
  decidedAt: Date
}

export interface PlannedDecision {
  step: DecisionStep
  outcome: string
  reason: string
  considered: Record<string, unknown>
}

export interface PlannedDelivery {
  purpose: DeliveryPurpose
  recipientName: string | null
  recipientAddress: string
}

/** What becomes of a lead, and why. */
export interface CapturePlan {
  quarantineReason: string | null
  matches: Match[]
  duplicateOf: string | null
  assignee: Reference | null
  queue: Reference | null
  deliveries: PlannedDelivery[]
  decisions: PlannedDecision[]
}

/** Decides everything about a new lead: whether it is held, whose it is, and who hears of it. */
export function planCapture(facts: CaptureFacts): CapturePlan {
  const found = findMatches(facts.content.contact, facts.candidates)
  const matches = found.map(withoutCandidate)
  const duplicateOf = findOriginal(
    facts,
    found.map(({ candidate }) => candidate)
  )
  const place = decideOwner(facts, found)
  const mayPass = facts.isReleased === true || isReachable(facts.content.contact)
  const quarantineReason = mayPass ? null : 'nobody-to-reach'
  const announcement = decideAnnouncement(facts, { place, duplicateOf, quarantineReason })
  return {
    quarantineReason,
    matches,
    duplicateOf,
    assignee: place.assignee && { id: place.assignee.id, name: place.assignee.name },
    queue: place.assignee ? null : facts.defaultQueue,
    deliveries: announcement.deliveries,
    decisions: [
      validatedDecision(facts),
      ...(quarantineReason === null ? [] : [quarantinedDecision(quarantineReason)]),
      matchedDecision(facts, matches),
      ...(duplicateOf === null ? [] : [repeatedDecision(facts, duplicateOf)]),
      place.decision,
      announcement.decision
    ]
  }
}

/**
 * The lead that this one repeats, or null: the same person asked by the same source about the same
 * vehicle within the dealer's window, and that lead is still open. The earliest wins, so that a run
 * of repeats points at one original instead of at each other.
 */
function findOriginal(facts: CaptureFacts, candidates: readonly CaptureCandidate[]): string | null {
  const { content, receivedAt, settings, sourceId } = facts
  const since = receivedAt.getTime() - settings.duplicateWindowHours * 3_600_000
  const vehicle = vehicleKey(content.vehicles)
  const original = candidates
    .flatMap(({ id, lead }) => (lead ? [{ id, ...lead }] : []))
    .filter((lead) => lead.duplicateOf === null && !lead.quarantined)
    .filter((lead) => lead.isTest === content.isTest && isOpenGroup(lead.statusGroup))
    .filter((lead) => lead.sourceId === sourceId && lead.vehicleKey === vehicle)
    .filter((lead) => lead.receivedAt.getTime() >= since)
    // Leads that came while this one was held are no earlier ones.
    .filter((lead) => facts.isReleased !== true || lead.receivedAt <= receivedAt)
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
    .at(0)
  return original?.id ?? null
}

interface Place {
  assignee: AssignableUser | null
  decision: PlannedDecision
}

/**
 * Whose lead it is. In this order: the user the sender named; the referral link's user, else the
 * dealer's fallback; the user who already has this person; else nobody, in the default queue.
 */
function decideOwner(
  facts: CaptureFacts,
  found: readonly (Match & { candidate: CaptureCandidate })[]
): Place {
  const passedOver: { userId: string; because: string }[] = []
  const take = (user: AssignableUser | null | undefined, reason: string): Place | null => {
    if (!user) return null
    const obstacle = obstacleOf(user, facts.decidedAt)
    if (obstacle === null) return placed(user, reason, passedOver)
    passedOver.push({ userId: user.id, because: obstacle })
    return null
  }
  const { referral, settings } = facts
  const named = facts.isReleased === true ? 'it is theirs already' : 'the sender named them'
  return (
    take(facts.namedAssignee, named) ??
    take(referral?.user, 'the referral link is theirs') ??
    (referral ? take(facts.fallbackAssignee, "they take over referral links' leads") : null) ??
    takeKnownOwner(settings, found, take) ??
    placed(null, 'no rule fits: it waits in the default queue', passedOver)
  )
}

/** The user who already has this person: by a client or an open lead that surely is the same. */
function takeKnownOwner(
  settings: DealerSettings,
  found: readonly (Match & { candidate: CaptureCandidate })[],
  take: (user: AssignableUser | null, reason: string) => Place | null
): Place | null {
  if (!settings.keepOwner) return null
  for (const { band, candidate } of found) {
    const { lead, owner } = candidate
    const isCurrent = lead === null || (isOpenGroup(lead.statusGroup) && !lead.quarantined)
    const place = band === 'sure' && isCurrent ? take(owner, 'this person is already theirs') : null
    if (place) return place
  }
  return null
}

function placed(
  assignee: AssignableUser | null,
  reason: string,
  passedOver: readonly { userId: string; because: string }[]
): Place {
  const decision: PlannedDecision = {
    step: 'routed',
    outcome: assignee ? 'assigned' : 'queued',
    reason,
    considered: { assigneeId: assignee?.id ?? null, passedOver }
  }
  return { assignee, decision }
}

/** Who hears of the lead. */
function decideAnnouncement(
  facts: CaptureFacts,
  known: { place: Place; duplicateOf: string | null; quarantineReason: string | null }
): { deliveries: PlannedDelivery[]; decision: PlannedDecision } {
  const nobody = (reason: string) => ({ deliveries: [], decision: announced([], reason) })
  const { settings, content, referral } = facts
  if (known.quarantineReason !== null) return nobody('it is quarantined')
  if (content.isTest) {
    if (settings.testAddress === null) return nobody('it is a test, and there is no test address')
    const deliveries = [to('test_mail', null, settings.testAddress)]
    return { deliveries, decision: announced(deliveries, 'it is a test') }
  }
  if (known.duplicateOf !== null && !settings.announceDuplicates) {
    return nobody('it repeats an open lead, and the dealer does not announce those')
  }
  const { assignee } = known.place
  const promoter = referral?.promoter ?? null
  const deliveries = [
    ...(assignee ? [to('assignee_mail', assignee.name, assignee.email)] : []),
    ...(promoter?.active === true && promoter.email !== null
      ? [to('promoter_mail', promoter.name, promoter.email)]
      : []),
    ...(settings.leadAddress === null ? [] : [to('dealer_mail', null, settings.leadAddress)]),
    ...(settings.adfAddress === null ? [] : [to('dealer_adf', null, settings.adfAddress)])
  ]
  const reason = deliveries.length === 0 ? 'no recipient is set' : 'as the dealer has set'
  return { deliveries, decision: announced(deliveries, reason) }
}

function to(
  purpose: DeliveryPurpose,
  recipientName: string | null,
  recipientAddress: string
): PlannedDelivery {
  return { purpose, recipientName, recipientAddress }
}

function announced(deliveries: readonly PlannedDelivery[], reason: string): PlannedDecision {
  return {
    step: 'announced',
    outcome: deliveries.length === 0 ? 'nobody' : 'owed',
    reason,
    considered: { purposes: deliveries.map(({ purpose }) => purpose) }
  }
}

function validatedDecision({ content }: CaptureFacts): PlannedDecision {
  const { emails, phones } = content.contact
  const usable = (points: readonly { valid: boolean }[]) =>
    points.filter(({ valid }) => valid).length
  const considered = {
    emails: emails.length,
    usableEmails: usable(emails),
    phones: phones.length,
    usablePhones: usable(phones),
    unmapped: content.unmapped.length
  }
  return isReachable(content.contact)
    ? { step: 'validated', outcome: 'reachable', reason: 'there is somebody to reach', considered }
    : { step: 'validated', outcome: 'unreachable', reason: 'no usable e-mail or phone', considered }
}

function quarantinedDecision(reason: string): PlannedDecision {
  return { step: 'quarantined', outcome: 'held', reason, considered: {} }
}

function matchedDecision(facts: CaptureFacts, matches: readonly Match[]): PlannedDecision {
  const [best] = matches
  return {
    step: 'matched',
    outcome: best?.band ?? 'nobody',
    reason: best ? 'an e-mail or phone is known' : 'no known e-mail or phone',
    considered: {
      candidates: facts.candidates.length,
      crowdedKeys: facts.crowdedKeys,
      best: best ? { type: best.type, id: best.id, score: best.score } : null
    }
  }
}

function repeatedDecision({ settings }: CaptureFacts, duplicateOf: string): PlannedDecision {
  return {
    step: 'repeated',
    outcome: 'duplicate',
    reason: 'the same person, source and vehicle within the window',
    considered: { duplicateOf, windowHours: settings.duplicateWindowHours }
  }
}
