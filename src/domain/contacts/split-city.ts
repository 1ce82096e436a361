import type { PostalAddress, UnmappedValue } from '../leads/lead.ts'
import { trimCharacters } from '../text/clean-text.ts'
import { squeeze } from '../text/fold.ts'

/** Codes of Europe and America; `1234 AB` is Dutch, `SW1A 1AA` British, `K1A 0B1` Canadian. */
const SURE = String.raw`\d{2}-\d{3}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{5,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d`
/** Behind a city these may be a number of another kind. */
const LEADING = String.raw`${SURE}|\d{3} \d{2}|[1-9]\d{3} ?[A-Z]{2}|\d{4}`
const COUNTRY = '(?:[A-Z]{1,2}-)?'

const FIRST = new RegExp(`^${COUNTRY}(${LEADING})(?=$|[\\s,;/–-])`, 'u')
const LAST = new RegExp(`[\\s,;/(–-]${COUNTRY}(${SURE})\\)?$`, 'u')

const BETWEEN = ' ,;/(–-'
const MAX_LENGTH = 200

type Place = Pick<PostalAddress, 'postalCode' | 'city'>

/**
 * The place with the postal code that stands in the field of the city, as in `80331 München` or `Kraków, 31-123`, and
 * the text as it was given. It stays as it is where another postal code was given.
 */
export function splitPlace(
  { postalCode, city }: Place,
  path: string
): { place: Place; repairs: UnmappedValue[] } {
  const split = city === null ? null : splitCity(city)
  const isSame = postalCode === null || squeeze(postalCode) === squeeze(split?.postalCode ?? '')
  if (city === null || !split || !isSame) return { place: { postalCode, city }, repairs: [] }
  return {
    place: { postalCode: postalCode ?? split.postalCode, city: split.city },
    repairs: [{ path, text: city, code: 'split_city' }]
  }
}

/** Whether a text is a postal code and the city behind it: `80331 München`. A street with a long number is none. */
export function isPostalPlace(text: string): boolean {
  const city = FIRST.test(text.trim()) ? (splitCity(text)?.city ?? '') : ''
  return city !== '' && !/\d/.test(city) && !STREET.test(city)
}

const STREET =
  /\b(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|way|ct|court|hwy|highway|pkwy|ter|cir)\.?$/i

/** Null: the text has no postal code. One alone is no city. */
function splitCity(text: string): { postalCode: string; city: string | null } | null {
  const plain = text.trim()
  if (plain.length > MAX_LENGTH || !/\d/.test(plain)) return null
  const first = FIRST.exec(plain)
  const found = first ?? LAST.exec(plain)
  const [, postalCode] = found ?? []
  if (!found || postalCode === undefined) return null
  const rest = first ? plain.slice(first[0].length) : plain.slice(0, found.index)
  const city = trimCharacters(rest, BETWEEN, BETWEEN)
  if (city !== '' && !/^\p{L}/u.test(city)) return null
  return { postalCode, city: city === '' ? null : city }
}
