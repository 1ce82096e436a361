import { foldUmlauts } from '../text/fold.ts'
import { areNameForms, fullNameOf } from '../text/nicknames.ts'
import { editDistance, isSlip } from './edit-distance.ts'
import { isFullFirstName, isKnownFirstName } from './name-frequency.ts'
import { phoneticCode } from './phonetic-code.ts'

/**
 * How the first names of two people compare, best first.
 *
 * - `equal`: the same words
 * - `more`: one has a second name that the other lacks
 * - `nickname`: one is a form of the other
 * - `typo`: a slip of typing, or the same sound
 * - `initial`: one is the initial of the other
 * - `half`: the first of two names is the same, and the second is not
 * - `gender`: Daniel and Daniela
 * - `differ`: two names
 * - `missing`, `none`: one has none; neither has one
 */
export type FirstLevel =
  | 'equal'
  | 'more'
  | 'nickname'
  | 'typo'
  | 'initial'
  | 'half'
  | 'gender'
  | 'differ'
  | 'missing'
  | 'none'

export function compareFirstNames(a: readonly string[], b: readonly string[]): FirstLevel {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'none' : 'missing'
  const [one = '', other = ''] = [a[0], b[0]]
  if (a.length === 1 && b.length === 1) return compareWords(one, other)
  const [joinedA, joinedB] = [a.join(''), b.join('')]
  if (joinedA === joinedB) return 'equal'
  if (areForms(joinedA, joinedB)) return 'nickname'
  const head = compareWords(one, other)
  if (a.length !== b.length) return compareShorter(a, b, head)
  if (head === 'equal') return compareSeconds(a[1] ?? '', b[1] ?? '')
  return head
}

/** One has more words than the other: any of them may be the name that is used. */
function compareShorter(a: readonly string[], b: readonly string[], head: FirstLevel): FirstLevel {
  if (head === 'equal') return 'more'
  if (head !== 'differ') return head
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const isAmong = short.every((word) => word.length > 1 && long.includes(word))
  if (isAmong) return 'more'
  return editDistance(a.join(''), b.join(''), 2) <= 2 ? 'typo' : 'differ'
}

function compareSeconds(one: string, other: string): FirstLevel {
  const level = compareWords(one, other)
  if (level === 'initial') return 'more'
  return level === 'differ' || level === 'gender' ? 'half' : level
}

function compareWords(a: string, b: string): FirstLevel {
  if (a === b) return 'equal'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 1) return long.startsWith(short) ? 'initial' : 'differ'
  if (areForms(short, long)) return 'nickname'
  if (long === `${short}a` || isGenderPair(short, long)) return 'gender'
  // Marek and Mariola, Maria and Marta: two names, however alike.
  const areNames = isKnownFirstName(short) && isKnownFirstName(long)
  if (areNames) return 'differ'
  if (isDiminutive(short, long) || isDiminutive(long, short)) return 'nickname'
  if (isSlip(short, long)) return 'typo'
  if (isSlipOfFull(short, long) || isSlipOfFull(long, short)) return 'typo'
  if (short.length >= 4 && phoneticCode(a) === phoneticCode(b)) return 'typo'
  return 'differ'
}

/** A slip in the full name of the other's nickname: Krysia and Kreystyna. */
function isSlipOfFull(form: string, other: string): boolean {
  const full = fullNameOf(form)
  return full !== form && full.length > 3 && editDistance(full, other, 1) <= 1
}

/** Julio and Julia: one letter tells a man's name from a woman's. */
function isGenderPair(a: string, b: string): boolean {
  return (
    a.length === b.length &&
    a.slice(0, -1) === b.slice(0, -1) &&
    /[oea]$/.test(a) &&
    /[oea]$/.test(b)
  )
}

function areForms(a: string, b: string): boolean {
  if (areNameForms(a, b)) return true
  const hasUmlaut = UMLAUT.test(a) || UMLAUT.test(b)
  return hasUmlaut && areNameForms(foldUmlauts(a), foldUmlauts(b))
}

const UMLAUT = /aa|[aou]e/

const DIMINUTIVE = /(?:ek|ka|us|cia|nia|sia|io|ius|cio|ito|ita|in|ie|y|i|iu|cho|chu)$/

/** Whether the form is a pet name of the other: its stem and an ending (Lucynka), or its beginning (Seba). */
function isDiminutive(form: string, full: string): boolean {
  let stem = 0
  while (stem < form.length && form.charCodeAt(stem) === full.charCodeAt(stem)) stem += 1
  if (stem < 3 || isFullFirstName(form)) return false
  if (stem === form.length) return full.length - form.length >= 2
  const ending = form.slice(stem - 1)
  return (
    form.length - stem <= 4 &&
    stem >= full.length - 5 &&
    DIMINUTIVE.test(ending) &&
    !endsAlike(form, full)
  )
}

/** Marcin and Martin, Maria and Mariusz are two names with one beginning. */
function endsAlike(form: string, full: string): boolean {
  return form.slice(-2) === full.slice(-2)
}
