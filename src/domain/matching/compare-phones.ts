import { editDistance } from './edit-distance.ts'

/**
 * How the phones of two people compare, best first.
 *
 * - `same`: one mobile number
 * - `landline`: one number of a home or an office
 * - `national`: one number, but for the country: one was written without a country code
 * - `slip`: a slip in one number
 * - `next`: two numbers that differ in the last digit alone, as those of one order do
 * - `differ`: two numbers
 * - `missing`, `none`: one has none; neither has one
 */
export type PhoneLevel = (typeof PHONE_LEVELS)[number]

const PHONE_LEVELS = [
  'same',
  'landline',
  'national',
  'slip',
  'next',
  'differ',
  'missing',
  'none'
] as const

const RANK = new Map(PHONE_LEVELS.map((level, rank) => [level, rank]))

export function comparePhones(a: readonly string[], b: readonly string[]): PhoneLevel {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'none' : 'missing'
  let best: PhoneLevel = 'differ'
  for (const one of a) {
    for (const other of b) {
      const level = compareTwo(one, other)
      if ((RANK.get(level) ?? 0) < (RANK.get(best) ?? 0)) best = level
    }
  }
  return best
}

function compareTwo(a: string, b: string): PhoneLevel {
  if (a === b) return LANDLINE.test(a) ? 'landline' : 'same'
  const [one, other] = [nationalDigits(a), nationalDigits(b)]
  if (one === other) return 'national'
  if (one.slice(0, -1) === other.slice(0, -1)) return 'next'
  return editDistance(one, other, 1) <= 1 ? 'slip' : 'differ'
}

/** Numbers of homes and offices in Poland, Spain and Britain. */
const LANDLINE = /^\+(?:48(?!45|50|51|53|57|60|66|69|7[2389]|88)|34[89]|44[1-3])/

/** How many digits at the end are compared where country codes differ: the whole number in most countries. */
const NATIONAL_DIGITS = 9

/** The digits at the end of a number, without the country code. */
export function nationalDigits(number: string): string {
  return number.slice(-NATIONAL_DIGITS)
}
