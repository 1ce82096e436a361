import { hash53 } from '../text/hash53.ts'
import type { MatchReason } from './match-reason.ts'
import type { MatchBand } from './matches.ts'
import type { MatchingPolicy } from './matching-policy.ts'
import { NORMALISER_VERSION } from './person-form.ts'
import { WEIGHTS_VERSION } from './weights.ts'
import type { Reference } from '../leads/lead.ts'

/**
 * What is known of two clients who may be one person.
 *
 * - `open`: a user has to decide
 * - `different`: a user said that they are two people
 * - `merged`: they are one client now
 */
export const DUPLICATE_STATES = ['open', 'different', 'merged'] as const
export type DuplicateState = (typeof DUPLICATE_STATES)[number]

/** Two clients of a dealer who may be one person. */
export interface Duplicate {
  id: string
  state: DuplicateState
  /** 0..1, when they were compared last. */
  score: number
  band: MatchBand
  reasons: MatchReason[]
  /** The older client, and the younger one. */
  clients: [DuplicateClient, DuplicateClient]
  /** The user who is to decide. */
  assignee: Reference | null
  decidedBy: Reference | null
  decidedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

interface DuplicateClient extends Reference {
  responsibleUser: Reference | null
}

/** How many pairs, and clients to compare, are counted at most. */
export const MAX_COUNTED = 10_000

/** Numbers of open pairs, and of clients that are still to be compared; each at most `MAX_COUNTED`. */
export interface DuplicateCounts {
  open: number
  unassigned: number
  mine: number
  toCompare: number
}

/** The way in which clients are compared, as a number: another one finds other pairs. */
export function comparisonOf(policy: MatchingPolicy): number {
  return hash53(`${NORMALISER_VERSION} ${WEIGHTS_VERSION} ${policy}`)
}

/** The ids of two clients in the order in which a pair has them. */
export function pairOf(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a]
}
