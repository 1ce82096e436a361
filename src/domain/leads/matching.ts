import { contactKeys } from './contact.ts'
import { fold } from '../text/fold.ts'
import type { Contact } from './lead.ts'

/** What a match or a key can belong to. */
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
  agreement: 'same' | 'different'
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
}

type MatchBand = 'sure' | 'possible'

const SURE = 0.9
const POSSIBLE = 0.5

/** How many matches an answer to a capture holds. */
export const MATCHES_SHOWN = 10

/**
 * More records than this under one e-mail or phone make it a switchboard's or a placeholder: such a
 * key identifies no person and is left out.
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
 * Scores candidates by e-mail, phone and name, best first; candidates that match no contact are left
 * out.
 *
 * This is the first level, exact: the same e-mail or phone, then the names without case and
 * diacritics. A fuzzy level replaces `scorePair` and brings its own candidates; nothing else
 * changes.
 */
export function findMatches<T extends Candidate>(
  contact: Contact,
  candidates: readonly T[]
): (Match & { candidate: T })[] {
  return candidates
    .map((candidate) => ({ candidate, ...scorePair(contact, candidate.contact) }))
    .filter(({ score }) => score >= POSSIBLE)
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

/** Without the candidates themselves: what answers and decisions hold. */
export function withoutCandidate({
  candidate: _,
  ...match
}: Match & { candidate: unknown }): Match {
  return match
}

/**
 * How surely two contacts are one person, 0..1, and why.
 *
 * A shared e-mail or phone is needed. Equal names make it sure, and so does no name on both sides. A
 * name missing on one side makes it possible. A different first name means another person of the
 * same household or office, unless e-mail and phone both agree; a different last name may come from
 * a marriage.
 */
export function scorePair(a: Contact, b: Contact): { score: number; reasons: MatchReason[] } {
  const reasons: MatchReason[] = []
  const email = compareKeys(a, b, 'e:')
  const phone = compareKeys(a, b, 'p:')
  if (email !== null) reasons.push({ field: 'contact.email', agreement: email })
  if (phone !== null) reasons.push({ field: 'contact.phone', agreement: phone })
  const shared = [email, phone].filter((agreement) => agreement === 'same').length
  if (shared === 0) return { score: 0, reasons }

  const names = compareNames(a, b)
  reasons.push(...names.reasons)
  const both = shared === 2
  switch (names.verdict) {
    case 'same':
      return { score: both ? 0.99 : 0.95, reasons }
    case 'nameless':
      return { score: both ? 0.95 : 0.9, reasons }
    case 'unknown':
      return { score: both ? 0.85 : 0.7, reasons }
    case 'last-differs':
      return { score: both ? 0.75 : 0.55, reasons }
    case 'first-differs':
      return { score: both ? 0.6 : 0.4, reasons }
    case 'differ':
      return { score: both ? 0.5 : 0.3, reasons }
  }
}

type NameVerdict = 'same' | 'nameless' | 'unknown' | 'last-differs' | 'first-differs' | 'differ'

function compareNames(a: Contact, b: Contact): { verdict: NameVerdict; reasons: MatchReason[] } {
  const [left, right] = [nameParts(a), nameParts(b)]
  if (left === null && right === null) return { verdict: 'nameless', reasons: [] }
  if (left === null || right === null) return { verdict: 'unknown', reasons: [] }
  // Whole names that hold the same words are one name, however it was split.
  const sameWords = sortedWords(left) === sortedWords(right)
  const first = sameWords ? 'same' : agreement(left.first, right.first)
  const last = sameWords ? 'same' : agreement(left.last, right.last)
  const reasons: MatchReason[] = [
    ...(first === null ? [] : [{ field: 'contact.firstName', agreement: first } as const]),
    ...(last === null ? [] : [{ field: 'contact.lastName', agreement: last } as const])
  ]
  return { verdict: verdictOf(first, last), reasons }
}

function verdictOf(first: Agreement | null, last: Agreement | null): NameVerdict {
  if (first === 'different') return last === 'different' ? 'differ' : 'first-differs'
  if (last === 'different') return 'last-differs'
  return first === 'same' && last === 'same' ? 'same' : 'unknown'
}

type Agreement = MatchReason['agreement']

function agreement(a: string | null, b: string | null): Agreement | null {
  if (a === null || b === null) return null
  return a === b ? 'same' : 'different'
}

interface NameParts {
  first: string | null
  last: string | null
}

/** First and last name, folded; of a whole name, its first word and the rest. */
function nameParts(contact: Contact): NameParts | null {
  const first = foldOrNull(contact.firstName)
  const last = foldOrNull(contact.lastName)
  if (first !== null || last !== null) return { first, last }
  const whole = foldOrNull(contact.fullName ?? contact.companyName)
  if (whole === null) return null
  const [head = '', ...rest] = whole.split(' ')
  return rest.length === 0 ? { first: null, last: head } : { first: head, last: rest.join(' ') }
}

function sortedWords({ first, last }: NameParts): string {
  return [first, last]
    .filter((part) => part !== null)
    .join(' ')
    .split(' ')
    .toSorted()
    .join(' ')
}

function foldOrNull(text: string | null): string | null {
  const folded = text === null ? '' : fold(text)
  return folded === '' ? null : folded
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
