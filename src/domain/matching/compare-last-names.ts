import { editDistance, isSlip } from './edit-distance.ts'
import { phoneticCode } from './phonetic-code.ts'

/**
 * How the last names of two people compare.
 *
 * - `both`: two surnames, the same
 * - `equal`: one surname, the same
 * - `part`: the first surname is the same, and one has a second one
 * - `cousin`: the first surname is the same, and the second is not
 * - `second`: the second surname of one is a surname of the other
 * - `typo`: a slip of typing, or the same sound
 * - `gender`: Kowalski and Kowalska
 * - `initial`: one is the initial of the other
 * - `differ`: two names
 * - `missing`, `none`: one has none; neither has one
 */
export type LastLevel =
  | 'both'
  | 'equal'
  | 'part'
  | 'cousin'
  | 'second'
  | 'typo'
  | 'gender'
  | 'initial'
  | 'differ'
  | 'missing'
  | 'none'

export function compareLastNames(a: readonly string[], b: readonly string[]): LastLevel {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'none' : 'missing'
  const [one = '', other = ''] = [a[0], b[0]]
  if (a.length === 1 && b.length === 1) return compareSurnames(one, other)
  const [joinedA, joinedB] = [a.join(''), b.join('')]
  if (joinedA === joinedB) return 'both'
  if (one === other) return compareRest(a, b)
  if (a.length === b.length && editDistance(joinedA, joinedB, 2) <= 2) return 'typo'
  const head = compareSurnames(one, other)
  if (head === 'typo' || head === 'gender') return areSecondsDifferent(a, b) ? 'differ' : head
  if (joinedA.startsWith(one) && editDistance(joinedA, joinedB, 1) <= 1) return 'typo'
  const isShared = a.some((word) => word.length > 2 && b.includes(word))
  return isShared ? 'second' : head
}

function compareRest(a: readonly string[], b: readonly string[]): LastLevel {
  if (a.length === 1 || b.length === 1) return 'part'
  const second = compareSurnames(a[1] ?? '', b[1] ?? '')
  if (second === 'equal' || second === 'typo' || second === 'gender') return 'both'
  return second === 'initial' ? 'part' : 'cousin'
}

function areSecondsDifferent(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 1 || b.length === 1) return false
  return compareSurnames(a[1] ?? '', b[1] ?? '') === 'differ'
}

function compareSurnames(a: string, b: string): LastLevel {
  if (a === b) return 'equal'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 1) return long.startsWith(short) ? 'initial' : 'differ'
  if (isGenderPair(a, b)) return 'gender'
  if (isSlip(short, long)) return 'typo'
  return short.length >= 4 && phoneticCode(a) === phoneticCode(b) ? 'typo' : 'differ'
}

/** Polish surnames of adjectives: the man's and the woman's. */
function isGenderPair(a: string, b: string): boolean {
  if (a.length !== b.length || a.slice(0, -1) !== b.slice(0, -1)) return false
  const ends = a.slice(-1) + b.slice(-1)
  return /^(?:ia|ai|ya|ay)$/.test(ends) && a.length > 3
}
