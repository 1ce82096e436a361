import type { Contact, Reference } from '../leads/lead.ts'
import type { RecordType } from '../leads/record-type.ts'
import { scorePair } from './exact-score.ts'
import type { MatchReason } from './match-reason.ts'

/** A client or earlier lead that may be the same person. */
export interface Match {
  type: RecordType
  id: string
  name: string | null
  /** 0..1. */
  score: number
  band: MatchBand
  reasons: MatchReason[]
  /** Nothing is shared but an e-mail or phone that very many records have; otherwise left out. */
  sharedByMany?: true
  /** Of clients, where matches are listed. */
  responsibleUser?: Reference | null
}

type MatchBand = 'sure' | 'possible'

const SURE = 0.9
const POSSIBLE = 0.5
/** What very many records share makes no match sure, whatever the names. */
const MAX_SHARED_SCORE = 0.85

/** The number of matches in the response to a capture. */
export const MATCHES_SHOWN = 10

/**
 * More records than this under one e-mail or phone make it a switchboard's or a placeholder: such a
 * key identifies no person. What is decided leaves it out; who shares it is listed.
 */
export const MAX_RECORDS_PER_KEY = 100

/** How many candidates are looked at: the newest, where one person has very many leads. */
export const MAX_CANDIDATES = 100

/** Something stored that shares a key with the person looked for. */
export interface Candidate {
  type: RecordType
  id: string
  name: string | null
  contact: Contact
}

/**
 * The likely matches among candidates, best first: by e-mail, phone and name. A person of another name
 * is none. What happens to a lead on its own is decided from these.
 */
export function findMatches<T extends Candidate>(
  contact: Contact,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  return rankCandidates(contact, candidates).filter(({ score }) => score >= POSSIBLE)
}

/** Every candidate that shares an e-mail or phone, best first, of any name. */
export function rankCandidates<T extends Candidate>(
  contact: Contact,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  return candidates
    .map((candidate) => ({ candidate, ...scorePair(contact, candidate.contact) }))
    .filter(({ score }) => score > 0)
    .map(({ candidate, score, reasons }) => ({
      type: candidate.type,
      id: candidate.id,
      name: candidate.name,
      score,
      band: bandOf(score),
      reasons,
      candidate
    }))
    .toSorted(
      (a, b) => b.score - a.score || typeRank(a.type) - typeRank(b.type) || compare(b.id, a.id)
    )
}

/**
 * Everyone who shares an e-mail or phone, best first: the candidates, and those who share nothing but a crowded
 * key, of whom none is sure.
 */
export function rankSharing(
  contact: Contact,
  candidates: readonly Candidate[],
  crowded: readonly Candidate[]
): Match[] {
  const known = new Set(candidates.map(({ id }) => id))
  const shared = rankCandidates(
    contact,
    crowded.filter(({ id }) => !known.has(id))
  ).map((match) => {
    const score = Math.min(match.score, MAX_SHARED_SCORE)
    return { ...withoutCandidate(match), score, band: bandOf(score), sharedByMany: true as const }
  })
  return [...rankCandidates(contact, candidates).map(withoutCandidate), ...shared].toSorted(
    (a, b) => b.score - a.score
  )
}

/** The matches without the candidates, for responses and decisions. */
export function withoutCandidate({
  candidate: _,
  ...match
}: Match & { candidate: unknown }): Match {
  return match
}

function bandOf(score: number): MatchBand {
  return score >= SURE ? 'sure' : 'possible'
}

/** Of equals, a client says more than a lead. */
function typeRank(type: RecordType): number {
  return type === 'client' ? 0 : 1
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
