import type { Contact } from '../leads/lead.ts'
import { scorePair } from './exact-score.ts'
import type { MatchReason } from './match-reason.ts'
import type { PersonForm } from './person-form.ts'
import { scoreGroup } from './score-group.ts'
import { formOf } from './stored-person.ts'

/** A name on one side only can be another's: of a couple with one address, one gave no name. */
const MAX_OF_UNSURE_NAMES = 0.85
/** A pair that a common contact point and forms of one name make sure stays possible: other fields do not change that. */
const MIN_OF_ONE_NAME = 0.5
const SURE_BY_NAME = 0.9

/** How surely a record is of the person looked for, 0..1, and why. */
export interface Scored {
  score: number
  reasons: MatchReason[]
}

/**
 * The scores of records that share an e-mail or phone with a person, and of those that are alike, by all that is
 * known of them, in the order given. Records of one person raise each other.
 */
export function scorePeople(
  contact: Contact,
  sharing: readonly { contact: Contact; form?: PersonForm }[],
  similar: readonly { form: PersonForm }[]
): { sharing: Scored[]; similar: Scored[] } {
  const form = formOf(contact)
  const forms = [
    ...sharing.map((one) => one.form ?? formOf(one.contact)),
    ...similar.map((one) => one.form)
  ]
  const scores = scoreGroup(form, forms).map((scored, at) =>
    withinNames(form, forms[at] ?? form, scored)
  )
  return {
    sharing: scores.slice(0, sharing.length).map((scored, at) => {
      const isBrief = [form, forms[at] ?? form].every((one) => wordsOf(one) <= 1)
      return ofOneName(contact, sharing[at]?.contact ?? contact, { scored, isBrief })
    }),
    similar: scores.slice(sharing.length)
  }
}

function withinNames(form: PersonForm, other: PersonForm, { score, reasons }: Scored): Scored {
  const isOneSided = (wordsOf(form) === 0) !== (wordsOf(other) === 0)
  const isUnsure = isOneSided || (reasons.some(isSimilarName) && [form, other].some(isOfSyllables))
  return { score: isUnsure ? Math.min(score, MAX_OF_UNSURE_NAMES) : score, reasons }
}

/** Two who give no name, or one and the same word, have too little to weigh: the common point makes them one. */
function ofOneName(
  contact: Contact,
  other: Contact,
  { scored, isBrief }: { scored: Scored; isBrief: boolean }
): Scored {
  if (!isBrief && scored.score >= MIN_OF_ONE_NAME) return scored
  const { score: byName } = scorePair(contact, other)
  if (byName < SURE_BY_NAME) return scored
  return { ...scored, score: Math.max(scored.score, isBrief ? byName : MIN_OF_ONE_NAME) }
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
