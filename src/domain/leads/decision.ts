import type { DecisionCode } from '../reasons/decision-reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { RecordType } from './record-type.ts'

/** Each step, with the facts that its decisions may hold beside those of their reasons. */
export const STEP_FACTS = {
  validated: {
    emails: 'E-mail addresses given.',
    usableEmails: 'Valid e-mail addresses.',
    phones: 'Phone numbers given.',
    usablePhones: 'Valid phone numbers.',
    unmapped: 'Values without a field of their own.'
  },
  matched: {
    candidates: 'Clients and earlier leads with the same e-mail address or phone number.',
    crowdedKeys: 'Addresses and numbers ignored because too many records share them.',
    best: 'The best match, or where there is none the best similar record: its type, id and score; or null. The id is null where the caller does not see it.'
  },
  quarantined: {},
  repeated: { duplicateOf: 'The id of the earlier lead; null where the caller does not see it.' },
  routed: {
    assigneeId: 'The user, or null.',
    queueId: 'The queue of the rule, or null.',
    passedOver:
      'Users passed over, each with a `userId` and a `code`. Inactive users of a team are not among them.',
    ruleSetId: 'The version of the assignment rules.',
    ruleSetNumber: 'Its number.',
    on: 'The occasion of the rule.',
    entryId: 'The rule.'
  },
  scored: {
    score: 'The score.',
    parts: 'The points it consists of.',
    ruleSetId: 'The version of the scoring rules.',
    temperature: 'The temperature by the thresholds, or null.'
  },
  announced: {
    purposes: 'The purposes of the messages.',
    importId: 'The import.'
  },
  auto_responded: {
    ruleSetId: 'The version of the auto-response rules.',
    entryId: 'The entry; null: the default, or none.',
    consentPurpose: 'The consent that the entry needs, or null.',
    templateId: 'The template.',
    dueAt: 'The end of the quiet hours, or null.'
  }
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

export type DecisionStep = keyof typeof STEP_FACTS
export const DECISION_STEPS = Object.keys(STEP_FACTS) as DecisionStep[]

export const DECISION_OUTCOMES = [
  'reachable',
  'unreachable',
  'sure',
  'possible',
  'none',
  'held',
  'duplicate',
  'assigned',
  'queued',
  'offered',
  'stayed',
  'scored',
  'enqueued'
] as const
type DecisionOutcome = (typeof DECISION_OUTCOMES)[number]

/** A decision about to be written. */
export interface PlannedDecision extends Reason<DecisionCode> {
  step: DecisionStep
  outcome: DecisionOutcome
}

/** One step the system took for a lead on its own: the outcome, the reason, and the facts. */
export interface Decision extends PlannedDecision {
  id: string
  leadId: string
  createdAt: Date
}

/** The decision of a step, with the facts of the step and of the reason. */
export function decided<Step extends DecisionStep>(
  step: Step,
  outcome: DecisionOutcome,
  reason: Reason<DecisionCode>,
  facts: Readonly<Partial<Record<keyof (typeof STEP_FACTS)[Step], unknown>>>
): PlannedDecision {
  return { step, outcome, code: reason.code, facts: { ...facts, ...reason.facts } }
}

/** A record that a decision names. */
export interface NamedRecord {
  type: RecordType
  id: string
}

/** The clients and leads that a decision names, which not all readers of it see. */
export function recordsNamedBy({ facts }: Pick<Decision, 'facts'>): NamedRecord[] {
  const { best, duplicateOf } = facts as { best?: NamedRecord | null; duplicateOf?: string }
  return [
    ...(best ? [{ type: best.type, id: best.id }] : []),
    ...(duplicateOf === undefined ? [] : [{ type: 'lead' as const, id: duplicateOf }])
  ]
}

/** The decision without the ids of records that are not among these. */
export function withoutOthers(decision: Decision, seen: ReadonlySet<string>): Decision {
  const { best, duplicateOf } = decision.facts as {
    best?: NamedRecord | null
    duplicateOf?: string
  }
  const facts = { ...decision.facts }
  if (best && !seen.has(best.id)) facts.best = { ...best, id: null }
  if (duplicateOf !== undefined && !seen.has(duplicateOf)) facts.duplicateOf = null
  return { ...decision, facts }
}
