import { codeOf, isOfZone } from './country-codes.ts'
import { isForeignMobile } from './foreign-mobiles.ts'
import type { PointParsing } from './point-parsing.ts'

/** A number as dialled in `countries`. */
interface Dialled extends Pick<PointParsing, 'parsePhone'> {
  countries: readonly string[]
}

/** Shorter ones are more often a mistyped number of the dealer's own country. */
const BARE = /^[1-9]\d{10,14}$/
const MAX_SURPLUS = 3
/** So many digits too many are typed within groups, and behind a number that has no groups. */
const MAX_TYPED_IN_GROUPS = 2
const MAX_TYPED = 1

/**
 * Whether the digits of a number without `+` begin with a country code. The marks leave the code whole, and a
 * number of the dealer's own country with digits too many is none: it would be a stranger's somewhere else.
 */
export function hasBareCode(number: string, digits: string, dialled: Dialled): boolean {
  if (!BARE.test(digits)) return false
  const code = codeOf(digits)
  const groups = number.split(/\D+/).filter((group) => group !== '')
  const [first = ''] = groups
  const isNear = isOfZone(code, dialled.countries)
  if (groups.length === 1) {
    // A mobile says its country, and what is no number of the dealer's with digits too many has one reading.
    const isKnown = isNear || isForeignMobile(digits)
    return !hasSurplus(digits, null, isKnown ? MAX_TYPED : MAX_SURPLUS, dialled)
  }
  if (first !== code && !(isNear && first.length >= MIN_LONG_GROUP)) return false
  const isGrouped = isNear || code === '1' || (code.length === 2 && isForeignMobile(digits))
  const ends = isGrouped ? endsOf(groups) : null
  return !hasSurplus(digits, ends, isGrouped ? MAX_TYPED_IN_GROUPS : MAX_SURPLUS, dialled)
}

/** A country code and an area code: `4420 7946 0958`. */
const MIN_LONG_GROUP = 4

/** How many digits end with each group. */
function endsOf(groups: readonly string[]): Set<number> {
  let end = 0
  return new Set(groups.map((group) => (end += group.length)))
}

/** Whether the digits without their last ones are a number of the country; `ends`: those of groups alone. */
function hasSurplus(
  digits: string,
  ends: ReadonlySet<number> | null,
  max: number,
  { countries, parsePhone }: Dialled
): boolean {
  return Array.from({ length: max }, (_, at) => digits.length - at - 1).some(
    (end) =>
      (ends === null || ends.has(end)) &&
      countries.some((country) => parsePhone(digits.slice(0, end), country) !== null)
  )
}
