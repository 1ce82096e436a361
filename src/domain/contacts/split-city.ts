import type { PostalAddress, UnmappedValue } from '../leads/lead.ts'
import { trimCharacters } from '../text/clean-text.ts'
import { squeeze } from '../text/fold.ts'

/** Codes of Europe and America; `1234 AB` is Dutch, `SW1A 1AA` British, `K1A 0B1` Canadian. */
const SURE = String.raw`\d{2}-\d{3}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{5,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d`
/** Behind a city these may be a number of another kind. */
const LEADING = String.raw`${SURE}|\d{3} \d{2}|\d{2} \d{3}|[1-9]\d{3} ?[A-Z]{2}|\d{4}`
const COUNTRY = '(?:[A-Z]{1,2}-)?'

const FIRST = new RegExp(`^${COUNTRY}(${LEADING})(?=$|[\\s,;/–-])`, 'u')
const LAST = new RegExp(`[\\s,;/(–-]${COUNTRY}(${SURE})\\)?$`, 'u')
/** `Warszawa, 00 950` */
const LAST_APART = /[,;/(]\s?(\d{2} \d{3})\)?$/

const BETWEEN = ' ,;/(–-'
const MAX_LENGTH = 200

type Place = Pick<PostalAddress, 'postalCode' | 'city' | 'region'>

/**
 * The place with the postal code, the city and the state that stand in one field, as in `80331 München`, `Kraków, 31-123`
 * or `Beverly Hills, CA 90210`, and the text as it was given. It stays as it is where another one was given. `path` is that
 * of the address.
 */
export function splitPlace(given: Place, path: string): { place: Place; repairs: UnmappedValue[] } {
  for (const member of ['city', 'postalCode', 'region'] as const) {
    const text = given[member]
    const split = text === null ? null : splitOf(member, text)
    const place = split && joined({ ...given, [member]: null }, split)
    if (text !== null && place) {
      return { place, repairs: [{ path: `${path}/${member}`, text, code: 'split_city' }] }
    }
  }
  return { place: given, repairs: [] }
}

/** What the text of a member has of a place; null: it has nothing but its own. */
function splitOf(member: keyof Place, text: string): Place | null {
  if (member === 'region') {
    const [, region, postalCode] = STATE_AND_CODE.exec(text.trim()) ?? []
    if (region !== undefined && postalCode !== undefined && STATES.has(region)) {
      return { region, postalCode, city: null }
    }
    const whole = splitCity(text)
    return whole?.region === null ? null : whole
  }
  const split = splitCity(text)
  if (member === 'city' || split === null) return split
  const { city, postalCode } = split
  if (city !== null && STATES.has(city)) return { postalCode, city: null, region: city }
  return city !== null && /\p{L}{3}/u.test(city) ? split : null
}

/** Both together; null: they contradict each other. A state that was given elsewhere leaves the city as it is. */
function joined(given: Place, split: Place): Place | null {
  const isOther = (member: keyof Place) =>
    given[member] !== null &&
    split[member] !== null &&
    squeeze(given[member]) !== squeeze(split[member])
  if (isOther('postalCode') || isOther('city')) return null
  const postalCode = given.postalCode ?? split.postalCode
  if (isOther('region')) {
    const city = [split.city, split.region].filter((part) => part !== null).join(', ')
    return { postalCode, city: city === '' ? given.city : city, region: given.region }
  }
  return { postalCode, city: given.city ?? split.city, region: given.region ?? split.region }
}

/** Whether a text is a postal code and the city behind it: `80331 München`. A street with a long number is none. */
export function isPostalPlace(text: string): boolean {
  const city = FIRST.test(text.trim()) ? (splitCity(text)?.city ?? '') : ''
  return city !== '' && !/\d/.test(city) && !STREET.test(city)
}

const STREET =
  /\b(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|way|ct|court|hwy|highway|pkwy|ter|cir)\.?$/i

/** Null: the text has no postal code. One alone is no city. */
function splitCity(text: string): Place | null {
  const plain = text.trim()
  if (plain.length > MAX_LENGTH || !/\d/.test(plain)) return null
  const first = FIRST.exec(plain)
  const found = first ?? LAST.exec(plain) ?? LAST_APART.exec(plain)
  const [, postalCode] = found ?? []
  if (!found || postalCode === undefined) return null
  const rest = first ? plain.slice(first[0].length) : plain.slice(0, found.index)
  const city = trimCharacters(rest, BETWEEN, BETWEEN)
  if (city !== '' && !/^\p{L}/u.test(city)) return null
  return { postalCode, ...withoutState(city, postalCode) }
}

/** A city in North America without its state: `Beverly Hills, CA`, `Beverly Hills/California`. */
function withoutState(text: string, postalCode: string): Pick<Place, 'city' | 'region'> {
  const [, state = ''] = STATE_AT_END.exec(text) ?? []
  const isState = STATES.has(state) || STATE_NAMES.has(state.toLowerCase())
  const city = trimCharacters(text.slice(0, text.length - state.length), '', BETWEEN)
  if (NORTH_AMERICAN.test(postalCode) && isState && city !== '') return { city, region: state }
  return { city: text === '' ? null : text, region: null }
}

const NORTH_AMERICAN = /^(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/
const STATE_AT_END = /(?:[ ,/-](?=[A-Z]{2}$)|[,/] ?(?=\p{L}[\p{L} ]{3,24}$))(\p{L}[\p{L} ]{1,24})$/u
const STATE_AND_CODE = /^([A-Z]{2})[ ,/-]{1,3}(\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/

/** The letters of the states of the USA and the provinces of Canada. */
const STATES: ReadonlySet<string> = new Set(
  (
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA ' +
    'RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE QC SK YT'
  ).split(' ')
)

const STATE_NAMES: ReadonlySet<string> = new Set(
  (
    'alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,georgia,hawaii,idaho,illinois,indiana,' +
    'iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,' +
    'nevada,new hampshire,new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,' +
    'rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,virginia,washington,west virginia,wisconsin,' +
    'wyoming,puerto rico,alberta,british columbia,manitoba,new brunswick,newfoundland and labrador,nova scotia,nunavut,' +
    'northwest territories,ontario,prince edward island,quebec,québec,saskatchewan,yukon'
  ).split(',')
)
