import { fold } from '../text/fold.ts'
import { readChoice } from './choice-synonyms.ts'
import { isOwnDollar, readCurrency } from './currencies.ts'
import { isSpanish } from './distance-unit.ts'
import { DISTANCE_UNITS } from './values.ts'
import type { DistanceUnit, Money } from './values.ts'
import type { Odometer } from './vehicle.ts'

/** What people write for numbers, and what it means on every path. Null: it can't be read as that. */

/**
 * A number as decimal text: `79 900,50`, `79,900.50`, `79.900` and `79900.5`. The last of comma and
 * point is the decimal mark, unless it stands alone before exactly three digits, or stands more than
 * once: then it sets thousands apart.
 */
export function readDecimal(text: string): string | null {
  const [, sign = '', digits] = /^([+-]?)(\d[\d.,' \u00a0\u202f]*)$/.exec(text.trim()) ?? []
  const spaced = (digits ?? '').replace(/[\u00a0\u202f]/g, ' ')
  if (/[' ]/.test(spaced) && !GROUPED_BY_BLANKS.test(spaced)) return null
  const plain = spaced.replace(/[' ]/g, '')
  const mark = decimalMark(plain)
  const [whole = '', fraction = ''] = mark === null ? [plain] : splitAt(plain, mark)
  const number = whole.replace(/[.,]/g, '')
  if (!/^\d{1,12}$/.test(number) || !/^\d{0,12}$/.test(fraction)) return null
  if (!isGrouped(whole)) return null
  const value = `${number.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`
  return sign === '-' ? `-${value}` : value
}

/** Blanks stand between groups of three: `2019 15000` are two numbers, and `79 900 120 000` are too. */
const GROUPED_BY_BLANKS = /^\d{1,3}(?:([' ])\d{3})(?:\1\d{3})?(?:[.,]\d{1,12})?$/

function decimalMark(text: string): number | null {
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  if (last === -1) return null
  const mark = text.charAt(last)
  const isOnly = text.indexOf(mark) === last
  const hasOther = text.includes(',') && text.includes('.')
  if (!isOnly) return null
  return hasOther || text.length - last !== 4 ? last : null
}

function splitAt(text: string, place: number): [string, string] {
  return [text.slice(0, place), text.slice(place + 1)]
}

/** Whether marks stand between groups of three only: 1.23.456 is no number. */
function isGrouped(whole: string): boolean {
  return !/[.,]/.test(whole) || /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole)
}

/** A number with its multiple, such as `20k` or `120 tys.`, and the words before and behind it. */
function readQuantity(text: string): { decimal: string; before: string; after: string } | null {
  const [, before = '', number = '', behind = ''] =
    /^([^\d+-]{0,20})([+-]?\d(?:[\d.,' \u00a0\u202f]{0,40}\d)?)(\D{0,40})$/.exec(text.trim()) ?? []
  const rest = behind.replace(/^[.,] ?[-\u2013\u2014]{1,2}/, '').trim()
  const [whole = '', word = ''] = MULTIPLE.exec(rest) ?? []
  const decimal = readDecimal(number)
  if (decimal === null) return null
  const after = rest.slice(whole.length).trim()
  const zeros = ZEROS.get(fold(word)) ?? 0
  // `120.000 mil` says its thousands twice, or means miles.
  if (zeros > 0 && Number(decimal) >= MANY_THOUSANDS) return null
  return { decimal: timesTen(decimal, zeros), before: before.trim(), after }
}

const MANY_THOUSANDS = 10_000
const MULTIPLE = /^(k|tys|tsd|mil|thousand|mln|mio)(?!\p{L})\.?/iu
const ZEROS: ReadonlyMap<string, number> = new Map([
  ...['k', 'tys', 'tsd', 'mil', 'thousand'].map((word) => [word, 3] as const),
  ...['mln', 'mio'].map((word) => [word, 6] as const)
])

/** The decimal with its point so many places to the right. */
function timesTen(decimal: string, places: number): string {
  if (places === 0) return decimal
  const [whole = '', fraction = ''] = decimal.split('.')
  const rest = fraction.slice(places)
  const moved = `${whole}${fraction.slice(0, places).padEnd(places, '0')}`
  return `${moved.replace(/^(-?)0+(?=\d)/, '$1')}${rest === '' ? '' : `.${rest}`}`
}

/** Words before an amount that say how sure or what it is: `from $20,000`, `od 79 900 zł`, `Cena: 20 000`. */
const BEFORE_AMOUNT =
  /^(?:(?:od|do|ok|okolo|około|cena|from|up to|about|around|approx|ca|circa|price|ab|bis|preis|etwa|desde|hasta|aprox|precio|max|min|~|ab ca|od ok|do ok)(?![\p{L}\d])[.:]{0,2}\s{0,3}){1,2}/iu

/** An amount, of the given currency where it says none: `79 900 zł`, `PLN 79900`, `€ 1.200,50`, `$20k`. */
export function readMoney(text: string, currency: string): Money | null {
  const read = readQuantity(withoutWords(text))
  if (!read || !/^-?\d{1,12}(\.\d{1,4})?$/.test(read.decimal)) return null
  const said = [read.before, read.after.replace(GROSS, '')].filter((word) => word.trim() !== '')
  const named = said.map((word) => readCurrency(word, currency))
  // `$20,000 CAD`: the code says whose dollars they are.
  const [first = currency, last = first] = isSign(said[0]) ? named.toReversed() : named
  if (first === null || last === null || (first !== last && !isSign(said[0]))) return null
  return { amount: read.decimal, currency: first }
}

function withoutWords(text: string): string {
  return text.trim().replace(BEFORE_AMOUNT, '')
}

const isSign = (word: string | undefined) => word?.trim() === '$'

/** Behind an amount, and no part of it. */
const GROSS = /(?<=\p{L}|[€$£]) ?\b(?:brutto|gross)$/iu

/** Whether an amount names no currency: none at all, or with the sign of several the dealer's own. */
export function isBareAmount(text: string, currency: string): boolean {
  const read = readQuantity(withoutWords(text))
  const words = [read?.before, read?.after].filter((word) => word !== '')
  return read !== null && words.every((word) => isSign(word) && isOwnDollar(currency))
}

/**
 * How far a vehicle has gone, in the given unit where it says none: `120 tys. km`, `42,500 mi`, `85k`. `mil`
 * is a thousand in Spanish, and miles elsewhere.
 */
export function readOdometer(
  text: string,
  { unit, country }: { unit: DistanceUnit; country: string }
): Odometer | null {
  const plain = text.trim().replace(/(?<=\d) ?tkm\b/i, 'k km')
  const isMiles = /\d ?mil$/i.test(plain) && !isSpanish(country)
  const read = readQuantity(isMiles ? plain.replace(/mil$/i, 'mi') : plain)
  if (read?.before !== '') return null
  const said = read.after.replace(/\.$/, '')
  const named = said === '' ? unit : readChoice(said, DISTANCE_UNITS)
  const value = Number(read.decimal)
  if (named === null || value < 0 || value > MAX_DISTANCE) return null
  return { value, unit: named, status: null }
}

const MAX_DISTANCE = 10_000_000

const YES = new Set(
  (
    'true|yes|y|1|x|on|ok|checked|accepted|accept|agree|agreed|i agree|granted|given|opt in|opted in|subscribed|' +
    'tak|t|zgoda|zgadzam sie|wyrazam zgode|zaakceptowano|zaznaczone|prawda|si|s|acepto|aceptado|acepta|de acuerdo|verdadero|' +
    'ja|j|einverstanden|zugestimmt|akzeptiert|wahr|oui'
  ).split('|')
)
const NO = new Set(
  (
    'false|no|n|0|off|unchecked|declined|decline|refused|denied|disagree|opt out|opted out|unsubscribed|' +
    'nie|brak zgody|odmowa|nie zgadzam sie|nie wyrazam zgody|falsz|no acepto|rechazado|rechazo|falso|' +
    'nein|abgelehnt|nicht einverstanden|falsch|non'
  ).split('|')
)

/** Whether a text says yes or no, in English, Spanish, Polish or German, or by the sign of a ticked box. */
export function readFlag(text: string): boolean | null {
  const given = text.trim()
  if (/^[\u2611\u2713\u2714\u2705]\ufe0f?$/.test(given)) return true
  if (/^[\u2610\u2717\u2718\u274c]\ufe0f?$/.test(given)) return false
  const word = fold(given)
  const [, first = '', rest = ''] = /^(\S+) (.+)$/.exec(word) ?? []
  // `Yes, I agree` says it twice.
  const isOf = (words: ReadonlySet<string>) =>
    words.has(word) || (words.has(first) && words.has(rest))
  if (isOf(YES)) return true
  return isOf(NO) ? false : null
}
