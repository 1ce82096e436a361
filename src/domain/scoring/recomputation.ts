export const RECOMPUTATION_STATES = ['waiting', 'running', 'done', 'superseded'] as const
type RecomputationState = (typeof RECOMPUTATION_STATES)[number]

/** One run over a dealer's open leads, which gives each the score of newly published rules. */
export interface Recomputation {
  id: string
  ruleSetId: string
  state: RecomputationState
  total: number
  done: number
  startedAt: Date | null
  finishedAt: Date | null
  createdAt: Date
  updatedAt: Date
}
