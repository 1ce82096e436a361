/** The kinds of rules that have versions. */
export const RULE_SET_KINDS = ['assignment', 'scoring', 'auto_response'] as const
export type RuleSetKind = (typeof RULE_SET_KINDS)[number]

/** One version of each kind is published. Superseded versions stay readable and can be rolled back to. */
export const RULE_SET_STATES = ['draft', 'published', 'superseded'] as const
export type RuleSetState = (typeof RULE_SET_STATES)[number]

/** One version of a dealer's rules. */
export interface RuleSet<Content = unknown> {
  id: string
  kind: RuleSetKind
  state: RuleSetState
  /** The number of the publication within its kind; null for drafts. */
  number: number | null
  note: string | null
  content: Content
  publishedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}
