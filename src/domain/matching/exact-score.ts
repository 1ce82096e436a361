import { contactKeys } from '../leads/contact.ts'
import type { Contact } from '../leads/lead.ts'
import { compareNames } from '../leads/name-comparison.ts'
import type { Agreement, NameVerdict } from '../leads/name-comparison.ts'
import { COMPARED_FIELDS } from './pair-features.ts'
import type { MatchReason } from './match-reason.ts'

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
  return COMPARED_FIELDS.flatMap((field) => {
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
