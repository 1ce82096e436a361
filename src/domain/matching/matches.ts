import type { Contact, Reference } from '../leads/lead.ts'
import type { RecordType } from '../leads/record-type.ts'
import { scorePair } from './exact-score.ts'
import { scorePeople } from './fuzzy-score.ts'
import type { Scored } from './fuzzy-score.ts'
import type { MatchReason } from './match-reason.ts'
import type { MatchingPolicy } from './matching-policy.ts'
import type { PersonForm } from './person-form.ts'

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
  /** No e-mail and no phone is shared: found by the name and other fields; otherwise left out. */
  similarOnly?: true
  /** Of clients, where matches are listed. */
  responsibleUser?: Reference | null
}

export type MatchBand = 'sure' | 'possible'

const SURE = 0.9
/** A lower score is no match to show to a user who was not asked about the person. */
export const POSSIBLE = 0.5
/** What very many records share makes no match sure, also with equal names. */
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

/** The person looked for, and how the dealer has people compared. */
export interface Sought {
  contact: Contact
  policy: MatchingPolicy
}

/** Something stored that shares an e-mail or phone with the person looked for. */
export interface Candidate {
  type: RecordType
  id: string
  name: string | null
  contact: Contact
  /** The form of the contact, where it was read. */
  form?: PersonForm
}

/** Something stored that shares a weaker key with the person looked for. */
export interface SimilarCandidate extends Omit<Candidate, 'contact'> {
  form: PersonForm
}

/** All stored records that may be the person. */
export interface Candidates<T extends Candidate = Candidate> {
  /** By an e-mail or phone in common. */
  candidates: readonly T[]
  /** By nothing but an e-mail or phone that very many records have. */
  crowded: readonly Candidate[]
  /** By other fields. Records that are among the others are passed over. */
  similar: readonly SimilarCandidate[]
}

/** All who may be the person looked for. */
interface Comparison<T extends Candidate> {
  /**
   * Best first: those who share an e-mail or phone, of any name; those who share nothing but a crowded key, of
   * whom none is sure; and those who are similar, at least possibly one.
   */
  sharing: Match[]
  /**
   * The likely ones among those who share an e-mail or phone. A person of another name is none. What happens
   * to a lead on its own is decided from these: by the policy `fuzzy`, too, nothing is decided from a possible match
   * whose names contradict each other.
   */
  found: (Match & { candidate: T })[]
}

/** Compares a person with all stored records that may be of the same one. */
export function comparePeople<T extends Candidate>(
  sought: Sought,
  { candidates, crowded, similar }: Candidates<T>
): Comparison<T> {
  const known = new Set(candidates.map(({ id }) => id))
  const shared = crowded.filter(({ id }) => !known.has(id))
  for (const { id } of shared) known.add(id)
  const alike = similar.filter(({ id }) => !known.has(id))
  const scores = scoresOf(sought, candidates, alike)
  const ranked = candidates
    .map((candidate, at) => ({ ...matchOf(candidate, scores.sharing[at]), candidate }))
    .filter(({ score }) => score > 0)
    .toSorted(inOrder)
  const others = alike
    .map((candidate, at) => matchOf(candidate, scores.similar[at]))
    .filter(({ score }) => score >= POSSIBLE)
    .map((match) => (isByPoint(match) ? match : { ...match, similarOnly: true as const }))
  const isOneName = ({ contact }: T) => scorePair(sought.contact, contact).score >= POSSIBLE
  return {
    sharing: [
      ...ranked.map(withoutCandidate),
      ...rankShared(sought, shared),
      // Their common e-mail or phone may be the crowded one.
      ...others.map((match) => (crowded.length === 0 ? match : ofMany(match))).toSorted(inOrder)
    ].toSorted((a, b) => b.score - a.score),
    found: ranked.filter(
      ({ score, candidate }) => score >= SURE || (score >= POSSIBLE && isOneName(candidate))
    )
  }
}

/** The likely matches among records that share an e-mail or phone, best first. */
export function findMatches<T extends Candidate>(
  sought: Sought,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  return comparePeople(sought, { candidates, crowded: [], similar: [] }).found
}

function rankShared(sought: Sought, shared: readonly Candidate[]): Match[] {
  const scores = scoresOf(sought, shared, []).sharing
  return shared
    .map((candidate, at) => matchOf(candidate, scores[at]))
    .filter(({ score }) => score > 0)
    .map(ofMany)
    .toSorted(inOrder)
}

/** The scores, in the order given; of similar records none where people are compared exactly. */
function scoresOf(
  { contact, policy }: Sought,
  sharing: readonly Candidate[],
  similar: readonly SimilarCandidate[]
): { sharing: Scored[]; similar: Scored[] } {
  if (policy === 'fuzzy') return scorePeople(contact, sharing, similar)
  return { sharing: sharing.map((one) => scorePair(contact, one.contact)), similar: [] }
}

/** An address may be written in two ways, as with and without a tag, or in a misspelt domain: keys differ then. */
function isByPoint({ band, reasons }: Match): boolean {
  const isSharedPoint = ({ field, agreement }: MatchReason) =>
    agreement === 'same' && (field === 'contact.email' || field === 'contact.phone')
  return band === 'sure' || reasons.some(isSharedPoint)
}

/** A match by nothing but an e-mail or phone that very many records have, or by no such point at all. */
function ofMany(match: Match): Match {
  const score = Math.min(match.score, MAX_SHARED_SCORE)
  const marked = { ...match, score, band: bandOf(score) }
  return match.similarOnly ? marked : { ...marked, sharedByMany: true }
}

/** The matches without the candidates, for responses and decisions. */
export function withoutCandidate({
  candidate: _,
  ...match
}: Match & { candidate: unknown }): Match {
  return match
}

function matchOf(
  { type, id, name }: Pick<Candidate, 'type' | 'id' | 'name'>,
  { score, reasons }: Scored = { score: 0, reasons: [] }
): Match {
  // Cut, so that no score looks better than its band.
  const shown = Math.floor(score * 10_000) / 10_000
  return { type, id, name, score: shown, band: bandOf(shown), reasons }
}

export function bandOf(score: number): MatchBand {
  return score >= SURE ? 'sure' : 'possible'
}

function inOrder(a: Match, b: Match): number {
  return b.score - a.score || typeRank(a.type) - typeRank(b.type) || compare(b.id, a.id)
}

/** Of equals, a client says more than a lead. */
function typeRank(type: RecordType): number {
  return type === 'client' ? 0 : 1
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
