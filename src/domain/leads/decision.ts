export const DECISION_STEPS = [
  'validated',
  'matched',
  'quarantined',
  'repeated',
  'routed',
  'scored',
  'announced',
  'answered'
] as const
export type DecisionStep = (typeof DECISION_STEPS)[number]

/** One step the system took for a lead on its own: what it looked at, the outcome, and the reason. */
export interface Decision {
  id: string
  leadId: string
  step: DecisionStep
  outcome: string
  reason: string
  considered: Record<string, unknown>
  createdAt: Date
}

/** A decision about to be written. */
export interface PlannedDecision {
  step: DecisionStep
  outcome: string
  reason: string
  considered: Record<string, unknown>
}
