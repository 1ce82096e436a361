import { withoutTimes } from '../contacts/beside-phones.ts'
import { digitsOf } from '../contacts/phone-forms.ts'
import { phoneTextOf } from '../contacts/phone-text.ts'
import { FIELD_KEY_PREFIX } from '../fields/search-keys.ts'
import { phoneKey } from '../leads/contact.ts'
import { canonicalMake } from '../leads/makes.ts'
import { plainDigits, plainText, trimCharacters } from '../text/clean-text.ts'
import { fold, foldUmlauts } from '../text/fold.ts'
import { comparableName } from '../text/name-titles.ts'
import { KEY_PREFIXES, MIN_DIGITS, codeKey, reversedKey } from './record-keys.ts'

/**
 * A range of keys: those that begin like a part of a search.
 *
 * A record is found where it has, for every term, a key in a range of each part of one option. The
 * term `WHOLE_SEARCH` is the search as one word, which is enough by itself.
 */
interface SearchRange {
  term: number
  option: number
  part: number
  /** How many parts the option has. */
  parts: number
  from: string
  before: string
}

export const WHOLE_SEARCH = 0

/** How many terms of a search, and parts of them, are looked at. */
const MAX_TERMS = 6
const MAX_PARTS = 12

/**
 * The ranges of a search. A word with signs in it (`O'Brien`, `U-1234`) is one word or its parts, and
 * so is a phone number with blanks; names, vehicles and codes are looked for under every term.
 */
export function searchRanges(q: string): SearchRange[] {
  const written = termsOf(q).slice(0, MAX_TERMS)
  const terms = withoutTitles(written)
  let partsLeft = MAX_PARTS
  const ranges = terms.flatMap((text, index) => {
    const term = index + 1
    const whole = rangesOf(text, { term, option: 0, part: 0, parts: 1 })
    const parts = fold(text).split(' ')
    if (parts.length === 1 || parts.length > partsLeft) return whole
    partsLeft -= parts.length
    const ofParts = parts.flatMap((one, part) =>
      rangesOf(one, { term, option: 1, part, parts: parts.length })
    )
    return [...whole, ...ofParts]
  })
  if (written.length < 2) return ranges
  const whole = { term: WHOLE_SEARCH, option: 0, part: 0, parts: 1 }
  return [...ranges, ...rangesOf(written.join(' '), whole)]
}

/** The terms behind titles and forms of address, which are in no key: `Dr. Smith`, `Pan Nowak`. */
function withoutTitles(terms: readonly string[]): string[] {
  const words = fold(terms.join(' ')).split(' ')
  const [first] = comparableName(terms.join(' ')).split(' ')
  const at = terms.findIndex((term) => fold(term).split(' ')[0] === first)
  return words[0] === first || at === -1 ? [...terms] : terms.slice(at)
}

/** How many terms a record must fit. */
export function countTerms(ranges: readonly SearchRange[]): number {
  return new Set(ranges.map(({ term }) => term).filter((term) => term !== WHOLE_SEARCH)).size
}

/** Words; the groups of digits of one number are one. */
function termsOf(q: string): string[] {
  const terms: string[] = []
  let isNumber = false
  const plain = withoutLinks(q)
  for (const word of (numberOf(plain) ?? plain).split(/\s+/).filter((one) => fold(one) !== '')) {
    const isDigits = /^[\p{Nd}()+./\p{Pd}\p{Cf}]+$/u.test(word)
    if (isDigits && isNumber) terms.push(`${terms.pop() ?? ''} ${word}`)
    else terms.push(word)
    isNumber = isDigits
  }
  return terms
}

/** A phone number without its extension and the words around it, or null: the search is not one number. */
function numberOf(q: string): string | null {
  const { number } = phoneTextOf(withoutTimes(plainText(q)))
  const isNumber = /^[\d()+./ -]+$/.test(number) && digitsOf(number).length >= MIN_WHOLE_DIGITS
  return isNumber && /\p{L}|#/u.test(q) ? number : null
}

/** With fewer digits a word beside them may be a part of a code: `T 123456`. */
const MIN_WHOLE_DIGITS = 7

/** `mailto:` and `tel:` are copied with an address or number, and so is what a link adds to it. */
function withoutLinks(q: string): string {
  return q
    .replace(LINK, '')
    .replace(/%2b/gi, '+')
    .replace(/(?<=@[\p{L}\p{N}.-]{1,253})\?\S*/gu, '')
}

const LINK =
  /(?<![\p{L}\p{N}])(?:mailto|smtp|e-?mail|tel|callto|sms|whatsapp|phone|mob|mobile|p):\/{0,2}/giu

function rangesOf(
  text: string,
  place: Pick<SearchRange, 'term' | 'option' | 'part' | 'parts'>
): SearchRange[] {
  // The last code point stands after every character a key can hold.
  return beginningsOf(text).map((from) => ({ ...place, from, before: `${from}\u{10ffff}` }))
}

/** Kinds of keys whose form is that of `codeKey`. */
const CODES = [
  'make',
  'model',
  'vehicleWord',
  'vin',
  'plate',
  'stockNumber',
  'externalId',
  'reference'
] as const

/** Lengths of the end of a VIN, and of a plate or stock number, that people search by. */
const MIN_VIN_END = 6
const MIN_CODE_END = 4
const VIN_LENGTH = 17

function beginningsOf(text: string): string[] {
  const word = fold(text).replaceAll(' ', '')
  const isVinEnd = word.length >= MIN_VIN_END && word.length <= VIN_LENGTH
  const isCodeEnd = word.length >= MIN_CODE_END && word.length <= VIN_LENGTH
  return [
    `e:${trimCharacters(plainText(text), EMAIL_MARKS, EMAIL_MARKS).toLowerCase()}`,
    ...digitBeginnings(text),
    ...(word === ''
      ? []
      : [
          `${KEY_PREFIXES.name}${foldUmlauts(fold(text)).replaceAll(' ', '')}`,
          `${FIELD_KEY_PREFIX}${word}`,
          ...CODES.map((kind) => codeKey(kind, text)),
          // `merc` begins Mercury too.
          ...(canonicalMake(text) === text ? [] : [`${KEY_PREFIXES.make}${word}`]),
          ...(isVinEnd ? [reversedKey('reversedVin', text)] : []),
          ...(isCodeEnd
            ? [reversedKey('reversedPlate', text), reversedKey('reversedStock', text)]
            : [])
        ])
  ]
}

/** What stands around an address that was copied. */
const EMAIL_MARKS = ` <>()[]{}"'=,;`

const MIN_DIALLED = 9

/** Mexico's old prefixes of long distance and of mobiles, which people still write. */
function withoutPrefix(digits: string): string {
  return digits.replace(/^(?:01|04[45])(?=\d{10}$)/, '')
}

/** Argentina's 15 before the number of a mobile, behind its area: numbers are stored without it. */
function withoutFifteen(digits: string): string[] {
  const [, code = '', area = '', number = ''] = FIFTEEN.exec(digits) ?? []
  const [, local] = /^15(\d{7,8})$/.exec(digits) ?? []
  return [...(number === '' ? [] : [code + area + number]), ...(local === undefined ? [] : [local])]
}

/** Area and number have ten digits together. */
const FIFTEEN = /^(?:00)?(54)?9?0?(?=\d{12}$)(\d{2,4}?)15(\d{6,8})$/

/**
 * A number as dialled at home or from abroad: `0151 ...`, `0048 ...` and `+44 (0)20 ...`. A text with other
 * letters than a label's (`tel:`) is no number: the digits of `Kia U1234` alone would find strangers.
 */
function digitBeginnings(text: string): string[] {
  const given = plainDigits(text.trim()).replace(/^\p{L}{1,8}[.:]/u, '')
  // As a spreadsheet shows it.
  const number = /^\d{7,15}\.0$/.test(given) ? given.slice(0, -2) : given
  if (/\p{L}/u.test(number)) return []
  const digits = number.replace('(0)', '').replaceAll(/\D/g, '')
  // A short code with zeros, such as the end of a VIN, is no number as it is dialled.
  const isDialled = digits.length >= MIN_DIALLED || /\d[^\d]+\d/.test(number)
  const forms = isDialled
    ? new Set([
        digits,
        digits.replace(/^00?/, ''),
        digits.replace(/^0/, ''),
        withoutPrefix(digits),
        ...withoutFifteen(digits)
      ])
    : new Set([digits])
  return [...forms]
    .filter((form) => form.length >= MIN_DIGITS)
    .flatMap((form) => [`${KEY_PREFIXES.digits}${form}`, `p:${phoneKey(`+${form}`)}`])
}
