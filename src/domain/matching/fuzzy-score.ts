import type { Contact } from '../leads/lead.ts'
import { scorePair } from './exact-score.ts'
import type { MatchReason } from './match-reason.ts'
import type { PersonForm } from './person-form.ts'
import { scoreForms } from './score-forms.ts'
import { formOf } from './stored-person.ts'

/** A name on one side only can be another's: of a couple with one address, one gave no name. */
const MAX_OF_UNSURE_NAMES = 0.85
/** A pair that a common contact point and forms of one name make sure stays possible, whatever else differs. */
const MIN_OF_ONE_NAME = 0.5
const SURE_BY_NAME = 0.9

/**
 * How surely two people who share an e-mail or phone are one, by all that is known of them, and why. Two who
 * give no name, or one and the same word, have too little to weigh: the common point makes them one.
 */
export function scorePeople(
  contact: Contact,
  candidate: { contact: Contact; form?: PersonForm }
): { score: number; reasons: MatchReason[] } {
  const form = formOf(contact)
  const other = candidate.form ?? formOf(candidate.contact)
  const scored = scoreAlike(form, other)
  const isBrief = wordsOf(form) <= 1 && wordsOf(other) <= 1
  if (!isBrief && scored.score >= MIN_OF_ONE_NAME) return scored
  const { score: byName } = scorePair(contact, candidate.contact)
  if (byName < SURE_BY_NAME) return scored
  return { ...scored, score: Math.max(scored.score, isBrief ? byName : MIN_OF_ONE_NAME) }
}

/** The same of people who are like each other. */
export function scoreAlike(
  form: PersonForm,
  other: PersonForm
): { score: number; reasons: MatchReason[] } {
  const { score, reasons } = scoreForms(form, other)
  const isOneSided = (wordsOf(form) === 0) !== (wordsOf(other) === 0)
  const isUnsure = isOneSided || (reasons.some(isSimilarName) && [form, other].some(isOfSyllables))
  const most = isUnsure ? MAX_OF_UNSURE_NAMES : 1
  return { score: Math.min(score, most), reasons }
}

function isSimilarName({ field, agreement }: MatchReason): boolean {
  return field === 'contact.firstName' && agreement === 'similar'
}

/** Names in scripts in which one sign more or less is another name, as Kiran and Karan in Devanagari. */
function isOfSyllables({ name }: PersonForm): boolean {
  return [...name.first, ...name.last].some((word) => /[^\u0020-\u024f]/.test(word))
}

function wordsOf({ name }: PersonForm): number {
  return name.first.length + name.last.length
}
