import { compareFirstNames } from './compare-first-names.ts'
import type { FirstLevel } from './compare-first-names.ts'
import { compareLastNames } from './compare-last-names.ts'
import type { LastLevel } from './compare-last-names.ts'
import { isKnownFirstName } from './name-frequency.ts'
import type { NameForm } from './name-form.ts'

interface NameComparison {
  first: FirstLevel
  last: LastLevel
  /** First and last name had to change places, or a whole name to be split, for the names to agree. */
  isMoved: boolean
  /** One is a senior and the other a junior. */
  areGenerations: boolean
  /** The words of each that were taken for first and last names. */
  readings: readonly [Split, Split]
}

interface Split {
  first: readonly string[]
  last: readonly string[]
}

/** How much each level says, to choose between readings of a name. */
const FIRST_VALUE: Readonly<Record<FirstLevel, number>> = {
  ...{ equal: 6, more: 5, nickname: 5, typo: 4, initial: 2, half: 1 },
  ...{ missing: 0, none: 0, gender: -2, differ: -4 }
}
const LAST_VALUE: Readonly<Record<LastLevel, number>> = {
  ...{ both: 8, equal: 7, part: 6, typo: 5, cousin: 4, second: 3, gender: 3, initial: 2 },
  ...{ missing: 0, none: 0, differ: -5 }
}

/** Names agree so well as they were given that no other reading is tried. */
const CLEAR = 10

/** Compares names in their best reading: as given, with first and last name exchanged, a whole name split. */
export function compareNames(a: NameForm, b: NameForm): NameComparison {
  const areGenerations =
    a.generation !== null && b.generation !== null && a.generation !== b.generation
  const isPlain = !a.isLoose && !b.isLoose
  let best = compareReadings(a, b, 0)
  let isMoved = false
  const isOpen = isPlain ? best.value < CLEAR && areCrossed(a, b) : true
  if (isOpen) {
    // A reading other than the given one must be better by more than chance.
    let least = isPlain ? Math.max(best.value, 2) : -Infinity
    // Of two plain names one is exchanged: both exchanged is as given.
    const others = isPlain ? [{ ...b, penalty: 0 }] : readingsOf(b)
    for (const one of readingsOf(a)) {
      for (const other of others) {
        const penalty = one.penalty + other.penalty
        if (isPlain && penalty === 0) continue
        const compared = compareReadings(one, other, penalty)
        if (compared.value <= least) continue
        least = compared.value
        best = compared
        isMoved = penalty > 0
      }
    }
  }
  return { first: best.first, last: best.last, isMoved, areGenerations, readings: best.readings }
}

/** Whether a first name may be the other's last name: slips in the first letter of a word are rare. */
function areCrossed(a: NameForm, b: NameForm): boolean {
  return beginAlike(a.first, b.last) || beginAlike(a.last, b.first)
}

function beginAlike(words: readonly string[], others: readonly string[]): boolean {
  const letter = words[0]?.charCodeAt(0)
  return letter !== undefined && others.some((word) => word.charCodeAt(0) === letter)
}

interface Reading extends Split {
  /** How much less likely it is than the usual one. */
  penalty: number
}

interface Compared {
  first: FirstLevel
  last: LastLevel
  readings: readonly [Split, Split]
  value: number
}

function compareReadings(a: Split, b: Split, penalty: number): Compared {
  const first = compareFirstNames(a.first, b.first)
  const last = compareLastNames(a.last, b.last)
  const value = FIRST_VALUE[first] + LAST_VALUE[last] - penalty
  return { first, last, readings: [a, b], value }
}

/** What a reading must be better by than the given one. */
const EXCHANGE = 3
const REVERSED = 0.5
/** A field of two words that holds one name only: likely by its words, or not. */
const ONE_NAME = 1
const UNLIKELY_ONE_NAME = 4

/** The ways to read a name: the given one and the exchanged one, or each split of a whole name. */
function readingsOf({ first, last, isLoose, field }: NameForm): Reading[] {
  if (!isLoose) {
    const given = { first, last, penalty: 0 }
    return last.length + first.length === 0
      ? [given]
      : [given, { first: last, last: first, penalty: EXCHANGE }]
  }
  if (first.length < 2) {
    return [
      { first, last: [], penalty: 0 },
      { first: [], last: first, penalty: 0 }
    ]
  }
  const readings: Reading[] = []
  const known = first.filter(isKnownFirstName).length
  if (field === 'first') {
    const penalty = known === first.length ? ONE_NAME : UNLIKELY_ONE_NAME
    readings.push({ first, last: [], penalty })
  } else if (field === 'last') {
    readings.push({ first: [], last: first, penalty: known === 0 ? ONE_NAME : UNLIKELY_ONE_NAME })
  }
  for (let at = 1; at < first.length; at += 1) {
    const [head, tail] = [first.slice(0, at), first.slice(at)]
    readings.push(
      { first: head, last: tail, penalty: 0 },
      { first: tail, last: head, penalty: REVERSED }
    )
  }
  return readings
}
