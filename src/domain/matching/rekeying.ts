export const REKEYING_STATES = ['waiting', 'running', 'done'] as const
type RekeyingState = (typeof REKEYING_STATES)[number]

/**
 * One run over a dealer's clients and leads, which writes the forms and keys of their persons anew by a newer
 * version of the normaliser.
 */
export interface Rekeying {
  id: string
  /** The version of the normaliser. */
  version: number
  state: RekeyingState
  /** The number of clients and leads at the start. */
  total: number
  done: number
  startedAt: Date | null
  finishedAt: Date | null
  createdAt: Date
  updatedAt: Date
}
