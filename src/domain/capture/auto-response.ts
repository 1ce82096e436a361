import type { CaptureFacts } from './capture-facts.ts'
import { mailTo } from '../deliveries/delivery.ts'
import type { MailTarget, PlannedDelivery } from '../deliveries/delivery.ts'
import { displayName } from '../leads/contact.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import type { Consent, Contact } from '../leads/lead.ts'
import type { Match } from '../leads/matching.ts'
import { fits } from '../rules/criteria.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import { consentObstacle } from '../auto-responses/auto-response-consent.ts'
import type { AnsweringBasis } from '../auto-responses/auto-response-basis.ts'
import type { AnswerWords, AutoResponseRules } from '../auto-responses/auto-response-rules.ts'
import { automaticSign } from '../auto-responses/automatic-sender.ts'
import { quietUntil } from '../auto-responses/quiet-hours.ts'

/** An answer owed, of a template. */
export type PlannedAnswer = PlannedDelivery<'mail'> & {
  /** The template. */
  aboutId: string
  /** When it is sent, where that is not at once: after the quiet hours. */
  dueAt: Date | null
}

export interface AnswerPlan {
  answer: PlannedAnswer | null
  /** Why, and why not; none where no rules are published. */
  decisions: PlannedDecision[]
}

interface Known {
  lead: LeadFacts
  found: readonly Match[]
  /** When the lead that this one repeats was received, or null: it repeats none. */
  repeatedSince: Date | null
  quarantineReason: string | null
}

const HOUR_MS = 3_600_000

/** Whether the person of a new lead is answered by itself, with which template, and when. */
export function planAnswer(facts: CaptureFacts, known: Known): AnswerPlan {
  const { answering } = facts
  if (answering === null) return { answer: null, decisions: [] }
  const recipient = recipientOf(facts.content.contact)
  const obstacle = leadObstacle(facts, known) ?? addressObstacle(facts, answering, recipient)
  if (obstacle !== null || recipient === null) return notAnswered(answering, obstacle ?? '')
  const entry = findEntry(answering.rules, known.lead)
  if (entry === null) return notAnswered(answering, 'no entry fits, and there is no default')
  const { templateId, entryId, consent } = entry
  const considered = { entryId, consentPurpose: consent?.purpose ?? null }
  if (templateId === null) return notAnswered(answering, 'its entry says so', considered)
  const refused =
    consentObstacle(consent, saidBy(facts, answering, known)) ??
    windowObstacle(facts, answering, known)
  if (refused !== null) return notAnswered(answering, refused, considered)
  const dueAt = quietUntil(answering.rules.quietHours, facts.routing.timeZone, facts.decidedAt)
  return {
    answer: {
      ...mailTo('auto_response', recipient.address, recipient.name),
      aboutId: templateId,
      dueAt
    },
    decisions: [
      {
        step: 'answered',
        outcome: 'owed',
        reason: dueAt ? 'as the rules say, after the quiet hours' : 'as the rules say',
        considered: {
          ruleSetId: answering.ruleSetId,
          ...considered,
          templateId,
          dueAt: dueAt?.toISOString() ?? null
        }
      }
    ]
  }
}

function notAnswered(
  { ruleSetId }: AnsweringBasis,
  reason: string,
  considered: Record<string, unknown> = {}
): AnswerPlan {
  const decision: PlannedDecision = {
    step: 'answered',
    outcome: 'nobody',
    reason,
    considered: { ruleSetId, ...considered }
  }
  return { answer: null, decisions: [decision] }
}

/** The person's first usable e-mail: where an answer would go. */
function recipientOf(contact: Contact): MailTarget | null {
  const email = contact.emails.find(({ valid }) => valid)
  return email ? { name: displayName(contact), address: email.address } : null
}

function leadObstacle({ content }: CaptureFacts, { quarantineReason }: Known): string | null {
  if (quarantineReason !== null) return 'it is quarantined'
  return content.isTest ? 'it is a test' : null
}

function addressObstacle(
  { content }: CaptureFacts,
  { ownAddresses, isSuppressed }: AnsweringBasis,
  recipient: MailTarget | null
): string | null {
  if (recipient === null) return 'there is no usable e-mail'
  const { address } = recipient
  if (ownAddresses.includes(address.toLowerCase())) return "the address is the dealer's own"
  const sign = automaticSign(content, address)
  if (sign !== null) return `an automatic sender: ${sign}`
  return isSuppressed ? 'the person wants no automatic mail' : null
}

/** The first entry that fits, and else the default, whose `entryId` is null. */
function findEntry(
  rules: AutoResponseRules,
  lead: LeadFacts
): (AnswerWords & { entryId: string | null }) | null {
  const entry = rules.entries.find(({ criteria }) => fits(criteria, lead))
  if (entry) return { ...entry, entryId: entry.id }
  return rules.default && { ...rules.default, entryId: null }
}

/** What the lead says, and what is on the record of clients who surely are the person. */
function saidBy(
  { content }: CaptureFacts,
  { clientConsents }: AnsweringBasis,
  { found }: Known
): { lead: readonly Consent[]; client: readonly Consent[] } {
  const sure = found.filter(({ type, band }) => type === 'client' && band === 'sure')
  return { lead: content.consents, client: sure.flatMap(({ id }) => clientConsents[id] ?? []) }
}

/** A person is answered once within the window, and so is what they ask again within it. */
function windowObstacle(
  { decidedAt, receivedAt }: CaptureFacts,
  { rules, answeredAt }: AnsweringBasis,
  { repeatedSince }: Known
): string | null {
  const isWithin = (since: Date | null, until: Date) =>
    since !== null && until.getTime() - since.getTime() < rules.windowHours * HOUR_MS
  if (isWithin(answeredAt, decidedAt)) return 'the person was answered within the window'
  return isWithin(repeatedSince, receivedAt) ? 'it repeats a lead of within the window' : null
}
