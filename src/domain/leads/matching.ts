import { contactKeys } from './contact.ts'
import type { Contact, Reference } from './lead.ts'
import { compareNames } from './name-comparison.ts'
import type { Agreement, NameVerdict } from './name-comparison.ts'

/** The kinds of record that a match or a key can belong to. */
export const RECORD_TYPES = ['client', 'lead'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** The fields of a lead by which people are compared. */
export const MATCHED_FIELDS = [
  'contact.email',
  'contact.phone',
  'contact.firstName',
  'contact.lastName'
] as const

/** How far one field speaks for, or against, two records being one person. */
interface MatchReason {
  field: (typeof MATCHED_FIELDS)[number]
  agreement: Agreement
}

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
/** What very many records share makes nobody sure, whatever their names. */
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

/** Scores by what agrees: the phone, the e-mail, or both. */
const SCORES: Readonly<Record<NameVerdict, { phone: number; email: number; both: number }>> = {
  same: { phone: 0.95, email: 0.95, both: 0.99 },
  nameless: { phone: 0.9, email: 0.9, both: 0.95 },
  variant: { phone: 0.9, email: 0.92, both: 0.97 },
  initial: { phone: 0.7, email: 0.85, both: 0.95 },
  unknown: { phone: 0.7, email: 0.7, both: 0.85 },
  'word-differs': { phone: 0.4, email: 0.55, both: 0.75 },
  'last-differs': { phone: 0.55, email: 0.55, both: 0.75 },
  'first-differs': { phone: 0.4, email: 0.4, both: 0.6 },
  differ: { phone: 0.3, email: 0.3, both: 0.5 }
}

/**
 * How surely two contacts are one person, 0..1, and why: the whole judgement, from either side the same.
 *
 * A shared e-mail or phone is needed, and with one the score is never 0. Equal names make it sure, and
 * so do two forms of one name, and no name on both sides. A name missing on one side makes it
 * possible, and so does an initial by phone. A first name that differs
 * is another person of the same household or office, unless e-mail and phone both agree; a last name
 * that differs may be a marriage. Two different words, such as Jan and Anna, are two people with one phone.
 */
export function scorePair(a: Contact, b: Contact): { score: number; reasons: MatchReason[] } {
  const email = compareKeys(a, b, 'e:')
  const phone = compareKeys(a, b, 'p:')
  const points = reasonsOf({ 'contact.email': email, 'contact.phone': phone })
  if (email !== 'same' && phone !== 'same') return { score: 0, reasons: points }
  const { verdict, first, last } = compareNames(a, b)
  const names = reasonsOf({ 'contact.firstName': first, 'contact.lastName': last })
  const shared = email !== 'same' ? 'phone' : phone !== 'same' ? 'email' : 'both'
  return { score: SCORES[verdict][shared], reasons: [...points, ...names] }
}

/** Fields that are missing on a side give no reason. */
function reasonsOf(
  compared: Readonly<Partial<Record<MatchReason['field'], Agreement | null>>>
): MatchReason[] {
  return MATCHED_FIELDS.flatMap((field) => {
    const agreement = compared[field] ?? null
    return agreement === null ? [] : [{ field, agreement }]
  })
}

function compareKeys(a: Contact, b: Contact, kind: 'e:' | 'p:'): Agreement | null {
  const left = contactKeys(a).filter((key) => key.startsWith(kind))
  const right = new Set(contactKeys(b).filter((key) => key.startsWith(kind)))
  if (left.length === 0 || right.size === 0) return null
  return left.some((key) => right.has(key)) ? 'same' : 'different'
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
