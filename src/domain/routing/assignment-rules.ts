import type { Team } from '../access/permissions.ts'
import type { Criteria } from '../rules/criteria.ts'

/**
 * The event that triggers the rules: a lead was captured, a lead was qualified, or a response
 * deadline passed.
 */
export const ROUTING_OCCASIONS = ['captured', 'qualified', 'overdue'] as const
export type RoutingOccasion = (typeof ROUTING_OCCASIONS)[number]

/** How a team's next user is found. */
export const TURN_METHODS = ['round_robin', 'weighted', 'least_busy'] as const
export type TurnMethod = (typeof TURN_METHODS)[number]

export type AssignmentTarget =
  | { type: 'user'; userId: string }
  | { type: 'queue'; queueId: string }
  | {
      type: 'team'
      team: Team
      by: TurnMethod
      /** For `weighted`: turns in proportion; a member without one has weight 1. */
      weights: { userId: string; weight: number }[]
      /** Only who is within their working hours at the moment. */
      onShiftOnly: boolean
      /** Only who speaks the language of the lead, where it has one. */
      matchLanguage: boolean
    }

/** One rule. Its id stays from version to version, and with it whose turn it is. */
export interface AssignmentEntry {
  id: string
  name: string
  on: RoutingOccasion
  criteria: Criteria
  target: AssignmentTarget
  /** On `qualified`: whether the user is offered the lead, and may decline, or simply has it. */
  asOffer: boolean
}

/** An ordered list: the first entry that fits, and whose target can take the lead, decides. */
export interface AssignmentRules {
  entries: AssignmentEntry[]
}
