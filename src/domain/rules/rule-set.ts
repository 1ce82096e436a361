/** What dealers lay down in versions. */
export const RULE_SET_KINDS = ['assignment', 'scoring', 'auto_response'] as const
export type RuleSetKind = (typeof RULE_SET_KINDS)[number]

/** Of each kind one holds at a time; what held before stays readable, and can be published again. */
export const RULE_SET_STATES = ['draft', 'published', 'superseded'] as const
export type RuleSetState = (typeof RULE_SET_STATES)[number]

/** One version of a dealer's rules. */
export interface RuleSet<Content = unknown> {
  id: string
  kind: RuleSetKind
  state: RuleSetState
  /** Counts publications of its kind; null: it has not been published. */
  number: number | null
  note: string | null
  content: Content
  publishedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}
