import type { Contact, Reference } from '../leads/lead.ts'
import type { RecordType } from '../leads/record-type.ts'
import { scorePair } from './exact-score.ts'
import { scoreAlike, scorePeople } from './fuzzy-score.ts'
import type { MatchReason } from './match-reason.ts'
import type { MatchingPolicy } from './matching-policy.ts'
import type { PersonForm } from './person-form.ts'
import { formOf } from './stored-person.ts'

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
export interface Candidates {
  /** By an e-mail or phone in common. */
  candidates: readonly Candidate[]
  /** By nothing but an e-mail or phone that very many records have. */
  crowded: readonly Candidate[]
  /** By other fields. Records that are among the others are passed over. */
  similar: readonly SimilarCandidate[]
}

/**
 * The likely matches among candidates, best first: by e-mail, phone and name. A person of another name
 * is none. What happens to a lead on its own is decided from these: by the policy `fuzzy`, too, nothing is
 * decided from a possible match whose names contradict each other.
 */
export function findMatches<T extends Candidate>(
  sought: Sought,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  const isOneName = ({ contact }: T) => scorePair(sought.contact, contact).score >= POSSIBLE
  return rankCandidates(sought, candidates).filter(
    ({ score, candidate }) => score >= SURE || (score >= POSSIBLE && isOneName(candidate))
  )
}

/** Every candidate that shares an e-mail or phone, best first, of any name. */
export function rankCandidates<T extends Candidate>(
  { contact, policy }: Sought,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  const score = (candidate: T) =>
    policy === 'exact' ? scorePair(contact, candidate.contact) : scorePeople(contact, candidate)
  return candidates
    .map((candidate) => ({ ...matchOf(candidate, score(candidate)), candidate }))
    .filter((match) => match.score > 0)
    .toSorted(inOrder)
}

/**
 * The possible matches among records that share no e-mail or phone, best first. They are shown, and nothing
 * is decided from them.
 */
export function findSimilar(
  { contact, policy }: Sought,
  similar: readonly SimilarCandidate[]
): Match[] {
  if (policy === 'exact' || similar.length === 0) return []
  const form = formOf(contact)
  return similar
    .map((candidate) => matchOf(candidate, scoreAlike(form, candidate.form)))
    .filter(({ score }) => score >= POSSIBLE)
    .map((match) => (isByPoint(match) ? match : { ...match, similarOnly: true as const }))
    .toSorted(inOrder)
}

/** An address may be written in two ways, as with and without a tag, or in a misspelt domain: keys differ then. */
function isByPoint({ band, reasons }: Match): boolean {
  const isSharedPoint = ({ field, agreement }: MatchReason) =>
    agreement === 'same' && (field === 'contact.email' || field === 'contact.phone')
  return band === 'sure' || reasons.some(isSharedPoint)
}

/**
 * Everyone who may be the person, best first: those who share an e-mail or phone, of any name; those who
 * share nothing but a crowded key, of whom none is sure; and those who are similar.
 */
export function rankSharing(sought: Sought, { candidates, crowded, similar }: Candidates): Match[] {
  const known = new Set(candidates.map(({ id }) => id))
  const shared = rankCandidates(
    sought,
    crowded.filter(({ id }) => !known.has(id))
  )
    .map(withoutCandidate)
    .map(ofMany)
  for (const { id } of crowded) known.add(id)
  const unknown = similar.filter(({ id }) => !known.has(id))
  const found = findSimilar(sought, unknown)
  // Their common e-mail or phone may be the crowded one.
  const others = crowded.length === 0 ? found : found.map(ofMany)
  const own = rankCandidates(sought, candidates).map(withoutCandidate)
  return [...own, ...shared, ...others].toSorted((a, b) => b.score - a.score)
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
  { score, reasons }: Pick<Match, 'score' | 'reasons'>
): Match {
  // Cut, so that no score looks better than its band.
  const shown = Math.floor(score * 10_000) / 10_000
  return { type, id, name, score: shown, band: bandOf(shown), reasons }
}

function bandOf(score: number): MatchBand {
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
