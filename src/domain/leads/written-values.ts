import { fold } from '../text/fold.ts'
import { readChoice } from './choice-synonyms.ts'
import { isOwnDollar, readCurrency } from './currencies.ts'
import { withoutAmountWords, withoutNotes, withoutOdometerWords } from './amount-words.ts'
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
  const [, sign = '', spaced = ''] = /^([+-]?)(\d[\d.,' ]*)$/.exec(plainMarks(text.trim())) ?? []
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

/** Blanks of all widths, and apostrophes as keyboards and spreadsheets write them: `15’990`. */
function plainMarks(text: string): string {
  return text
    .replace(/[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
}

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

/** Whether marks stand between groups of three only, or of two as in India (`12,34,567`): 1.23.456 is no number. */
function isGrouped(whole: string): boolean {
  return (
    !/[.,]/.test(whole) ||
    /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole) ||
    /^\d{1,2}(?:,\d{2}){1,4},\d{3}$/.test(whole)
  )
}

/** A number with its multiple, such as `20k` or `120 tys.`, and the words before and behind it. */
function readQuantity(text: string): { decimal: string; before: string; after: string } | null {
  const [, before = '', number = '', behind = ''] =
    /^([^\d+-]{0,40})([+-]?\d(?:[\d.,' ]{0,40}\d)?)(\D{0,60})$/.exec(
      plainMarks(withoutNotes(text))
    ) ?? []
  const rest = behind.replace(/^[.,/] ?[-=\u2013\u2014]{1,2}/, '').trim()
  const [found = '', word = ''] = MULTIPLE.exec(rest) ?? []
  const zeros = ZEROS.get(fold(word)) ?? 0
  const whole = zeros > 0 ? found : ''
  const decimal = readDecimal(number)
  if (decimal === null) return null
  const after = rest.slice(whole.length).trim()
  // `120.000 mil` says its thousands twice, or means miles.
  if (zeros > 0 && Number(decimal) >= MANY_THOUSANDS) return null
  return { decimal: timesTen(decimal, zeros), before: before.trim(), after }
}

const MANY_THOUSANDS = 10_000
const ZEROS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    3: 'k tys tysiecy tsd tausend mil thousand mila tis tisic ezer тыс тис',
    5: 'lakh lakhs lac lacs',
    6: 'mln mio million millions millon millones milion miliony milionow millionen milioni млн',
    7: 'crore crores cr'
  }).flatMap(([zeros, words]) => words.split(' ').map((word) => [word, Number(zeros)] as const))
)
const MULTIPLE = /^(\p{L}{1,9})(?!\p{L})\.?/u

/** The decimal with its point so many places to the right. */
function timesTen(decimal: string, places: number): string {
  if (places === 0) return decimal
  const [whole = '', fraction = ''] = decimal.split('.')
  const rest = fraction.slice(places)
  const moved = `${whole}${fraction.slice(0, places).padEnd(places, '0')}`
  return `${moved.replace(/^(-?)0+(?=\d)/, '$1')}${rest === '' ? '' : `.${rest}`}`
}

/** An amount, of the given currency where it says none: `79 900 zł`, `PLN 79900`, `€ 1.200,50`, `$20k`. */
export function readMoney(text: string, currency: string): Money | null {
  const read = readQuantity(text)
  if (!read || !/^-?\d{1,12}(\.\d{1,4})?$/.test(read.decimal)) return null
  const said = [read.before, read.after].map(withoutAmountWords).filter((word) => word !== '')
  const named = said.map((word) => readCurrency(word, currency))
  // `$20,000 CAD`: the code says whose dollars they are.
  const [first = currency, last = first] = isSign(said[0]) ? named.toReversed() : named
  if (first === null || last === null || (first !== last && !isSign(said[0]))) return null
  return { amount: read.decimal, currency: first }
}

/** Whether an amount may be below zero: only a difference from another price is. */
export function isPriceAmount(amount: string, delta: unknown): boolean {
  return !amount.startsWith('-') || delta === 'relative' || delta === 'percentage'
}

const isSign = (word: string | undefined) => word?.trim() === '$'

/** Whether an amount names no currency: none at all, or with the sign of several the dealer's own. */
export function isBareAmount(text: string, currency: string): boolean {
  const read = readQuantity(text)
  if (!read) return false
  const words = [read.before, read.after].map(withoutAmountWords).filter((word) => word !== '')
  return words.every((word) => isSign(word) && isOwnDollar(currency))
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
  if (!read) return null
  // `km 85000 km`
  const [said = '', again = said] = [read.before, read.after]
    .map(withoutOdometerWords)
    .filter((word) => word !== '')
  const named = said === '' ? unit : readChoice(said, DISTANCE_UNITS)
  if (named !== null && said !== '' && readChoice(again, DISTANCE_UNITS) !== named) return null
  const value = Number(read.decimal)
  if (named === null || value < 0 || value > MAX_DISTANCE) return null
  return { value, unit: named, status: null }
}

const MAX_DISTANCE = 10_000_000

const YES = new Set(
  (
    'true|yes|y|1|x|on|ok|checked|accepted|accept|agree|agreed|i agree|granted|given|opt in|opted in|subscribed|' +
    'tak|t|zgoda|zgadzam sie|wyrazam zgode|zaakceptowano|zaznaczone|prawda|si|s|acepto|aceptado|acepta|de acuerdo|verdadero|' +
    'ja|j|einverstanden|zugestimmt|akzeptiert|wahr|oui|ich stimme zu|stimme zu|ich bin einverstanden|i accept|' +
    'i consent|estoy de acuerdo|akceptuje|wyrazam'
  ).split('|')
)
/** What is said behind a yes. */
const BEHIND_YES = new Set(
  (
    'please|of course|sure|i do|claro|claro que si|por supuesto|por favor|gracias|prosze|poprosze|oczywiscie|chce|bitte|' +
    'naturlich|gern|gerne|thanks|thank you|danke|dziekuje|quiero|ich mochte'
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
  if (isOf(YES) || (YES.has(first) && BEHIND_YES.has(rest))) return true
  return isOf(NO) ? false : null
}
