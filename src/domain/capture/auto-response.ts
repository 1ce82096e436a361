import type { CaptureFacts } from './capture-facts.ts'
import { mailTo } from '../deliveries/delivery.ts'
import type { MailTarget, PlannedDelivery } from '../deliveries/delivery.ts'
import { displayName } from '../leads/contact.ts'
import { decided } from '../leads/decision.ts'
import type { PlannedDecision } from '../leads/decision.ts'
import type { Consent, Contact } from '../leads/lead.ts'
import type { Match } from '../matching/matches.ts'
import { because } from '../reasons/reasons.ts'
import type { DecisionCode, QuarantineCode } from '../reasons/decision-reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { fits } from '../rules/criteria.ts'
import type { LeadFacts } from '../rules/lead-fields.ts'
import { consentObstacle } from '../auto-responses/auto-response-consent.ts'
import type { AutoResponseBasis } from '../auto-responses/auto-response-basis.ts'
import type {
  AutoResponseOutcome,
  AutoResponseRules
} from '../auto-responses/auto-response-rules.ts'
import { automaticSign } from '../auto-responses/automatic-sender.ts'
import { quietUntil } from '../auto-responses/quiet-hours.ts'

/** An auto-response to send, with its template. */
export type PlannedAutoResponse = PlannedDelivery<'mail'> & {
  /** The template. */
  aboutId: string
  /** When it is sent, where that is not at once: after the quiet hours. */
  dueAt: Date | null
}

export interface AutoResponsePlan {
  autoResponse: PlannedAutoResponse | null
  /** Why, and why not; none where no rules are published. */
  decisions: PlannedDecision[]
}

interface Known {
  lead: LeadFacts
  found: readonly Match[]
  /** When the lead that this one repeats was received, or null: it repeats none. */
  repeatedSince: Date | null
  quarantineReason: QuarantineCode | null
}

const HOUR_MS = 3_600_000

/** Decides on the auto-response to a new lead: its template and its time. */
export function planAutoResponse(facts: CaptureFacts, known: Known): AutoResponsePlan {
  const { autoResponse } = facts
  if (autoResponse === null) return { autoResponse: null, decisions: [] }
  const recipient = recipientOf(facts.content.contact)
  const obstacle = leadObstacle(facts, known)
  if (obstacle) return withoutAutoResponse(autoResponse, obstacle)
  if (recipient === null) return withoutAutoResponse(autoResponse, because('no_usable_email'))
  const unwilling = addressObstacle(facts, autoResponse, recipient)
  if (unwilling) return withoutAutoResponse(autoResponse, unwilling)
  const entry = findEntry(autoResponse.rules, known.lead)
  if (entry === null) return withoutAutoResponse(autoResponse, because('no_entry_fits'))
  const { templateId, entryId, consent } = entry
  const ofEntry = { entryId, consentPurpose: consent?.purpose ?? null }
  if (templateId === null)
    return withoutAutoResponse(autoResponse, because('entry_without_template'), ofEntry)
  const refused =
    consentObstacle(consent, saidBy(facts, autoResponse, known)) ??
    windowObstacle(facts, autoResponse, known)
  if (refused) return withoutAutoResponse(autoResponse, refused, ofEntry)
  const dueAt = quietUntil(autoResponse.rules.quietHours, facts.routing.timeZone, facts.decidedAt)
  const reason = because(dueAt ? 'entry_fits_after_quiet_hours' : 'entry_fits')
  return {
    autoResponse: {
      ...mailTo('auto_response', recipient.address, recipient.name),
      aboutId: templateId,
      dueAt
    },
    decisions: [
      decided('auto_responded', 'enqueued', reason, {
        ruleSetId: autoResponse.ruleSetId,
        ...ofEntry,
        templateId,
        dueAt: dueAt?.toISOString() ?? null
      })
    ]
  }
}

function withoutAutoResponse(
  { ruleSetId }: AutoResponseBasis,
  reason: Reason<DecisionCode>,
  ofEntry: { entryId?: string | null; consentPurpose?: string | null } = {}
): AutoResponsePlan {
  const decision = decided('auto_responded', 'none', reason, { ruleSetId, ...ofEntry })
  return { autoResponse: null, decisions: [decision] }
}

/** The person's first usable e-mail: the address of the auto-response. */
function recipientOf(contact: Contact): MailTarget | null {
  const email = contact.emails.find(({ valid }) => valid)
  return email ? { name: displayName(contact), address: email.address } : null
}

function leadObstacle(
  { content }: CaptureFacts,
  { quarantineReason }: Known
): Reason<DecisionCode> | null {
  if (quarantineReason !== null) return because('quarantined')
  return content.isTest ? because('test_lead') : null
}

function addressObstacle(
  { content }: CaptureFacts,
  { ownAddresses, isSuppressed }: AutoResponseBasis,
  { address }: MailTarget
): Reason<DecisionCode> | null {
  if (ownAddresses.includes(address.toLowerCase())) return because('own_address')
  const sign = automaticSign(content, address)
  if (sign) return sign
  return isSuppressed ? because('address_suppressed') : null
}

/** The first entry that fits, and else the default, whose `entryId` is null. */
function findEntry(
  rules: AutoResponseRules,
  lead: LeadFacts
): (AutoResponseOutcome & { entryId: string | null }) | null {
  const entry = rules.entries.find(({ criteria }) => fits(criteria, lead))
  if (entry) return { ...entry, entryId: entry.id }
  return rules.default && { ...rules.default, entryId: null }
}

/** The consents of the lead, and those of clients who are surely the same person. */
function saidBy(
  { content }: CaptureFacts,
  { clientConsents }: AutoResponseBasis,
  { found }: Known
): { lead: readonly Consent[]; client: readonly Consent[] } {
  const sure = found.filter(({ type, band }) => type === 'client' && band === 'sure')
  return { lead: content.consents, client: sure.flatMap(({ id }) => clientConsents[id] ?? []) }
}

/** A person gets one auto-response in the window, and none for leads repeated within it. */
function windowObstacle(
  { decidedAt, receivedAt }: CaptureFacts,
  { rules, respondedAt }: AutoResponseBasis,
  { repeatedSince }: Known
): Reason<DecisionCode> | null {
  const { windowHours } = rules
  const isWithin = (since: Date | null, until: Date) =>
    since !== null && until.getTime() - since.getTime() < windowHours * HOUR_MS
  if (isWithin(respondedAt, decidedAt)) return because('auto_responded_recently', { windowHours })
  return isWithin(repeatedSince, receivedAt)
    ? because('repeats_recent_lead', { windowHours })
    : null
}
