import { plainDigits } from '../text/clean-text.ts'
import { hasBareCode } from './bare-codes.ts'
import { COUNTRY_CODES, MIN_WITH_CODE, codeOf, isOwnMobile, likelyTexts } from './country-codes.ts'
import { isForeignMobile } from './foreign-mobiles.ts'
import { colombianTexts, mexicanTexts, oldMobileTexts, ukrainianTexts } from './old-plans.ts'
import type { PointParsing } from './point-parsing.ts'

/** One way to read a phone text: `country` (ISO 3166-1) is null where the text has its own prefix. */
export interface PhoneForm {
  text: string
  country: string | null
}

/**
 * The ways to read one phone number, the likeliest first: as dialled in each of `countries`, in that
 * order, then with a prefix in other spellings, then with letters of a keypad. `text` is plain, and
 * has neither labels nor an extension. Digits around words are no one number.
 */
export function phoneForms(
  text: string,
  { countries, parsePhone }: Pick<PointParsing, 'parsePhone'> & { countries: readonly string[] }
): PhoneForm[] {
  if (/\p{L}/u.test(text)) {
    const isDialledThere = text.startsWith('+1') || countries.some((one) => NORTH_AMERICA.has(one))
    return isDialledThere ? keypadForms(text) : []
  }
  const number = text
    // `(+66) 81…` is how some address books set the prefix apart.
    .replace(/^\((\+|00|011) ?(\d{1,3})\)/, '$1$2 ')
    .replace(/^\+(\d{1,3}) ?\+\1(?=\d| )/, '+$1')
  if (/^\+\(?0[1-9]/.test(number)) return zeroForms(number, { countries, parsePhone })
  const digits = digitsOf(number)
  // A number that is right in any of the countries comes before one that needs a repair.
  const national = [
    ...countries.map((country) => ({ text: number, country })),
    ...countries.flatMap((country) =>
      repairedTexts(number, digits, { country, parsePhone }).map((form) => ({
        text: form,
        country
      }))
    )
  ]
  const likely = likelyTexts(number, digits, countries)
  const bare = bareInternational(number, digits, { countries, parsePhone })
  const international =
    bare === null ? [] : [...prefixedTexts(number, bare), ...oldMobileTexts(bare)]
  const ofPerson = knownCountryTexts(digits, { countries, parsePhone })
  const first = [...likely.texts, ...ofPerson].map((form) => ({ text: form, country: null }))
  const isSigned = /^(?:\+|00|1[ .-]+\(?1[ .-])/.test(number)
  const doubled = doubledTexts(digits, isSigned).map((form) => ({ text: form, country: null }))
  if (likely.isSure) return [...first, ...doubled]
  return [
    ...first,
    ...(number.startsWith('+') ? [] : national),
    ...international.map((form) => ({ text: form, country: null })),
    ...doubled
  ]
}

/**
 * A number with a zero behind its plus, which no country code has: `+048 601…`, `+0601…`. It is read where its code
 * stands apart, as that of a mobile, or where one of both readings is none.
 */
function zeroForms(
  number: string,
  { countries, parsePhone }: Parameters<typeof hasBareCode>[2]
): PhoneForm[] {
  const national = number.slice(1)
  const digits = digitsOf(national).slice(1)
  const [, first = ''] = /^\(?0(\d{1,3})\)?[ ./-]/.exec(national) ?? []
  const isSure = isForeignMobile(digits) || (first !== '' && codeOf(first) === first)
  const international = parsePhone(`+${digits}`, null)
  const read = phoneForms(national, { countries, parsePhone })
    .map(({ text, country }) => parsePhone(text, country))
    .find((one) => one !== null)
  const readings = new Set([international, read ?? null].filter((one) => one !== null))
  const known = isSure ? international : null
  const [only = null] = readings.size === 1 ? readings : [known]
  return only === null ? [] : [{ text: only, country: null }]
}

/** Widgets put the country code before a number that has it already: `+48 48 601…`, `+48 0048601…`. */
function doubledTexts(digits: string, isSigned: boolean): string[] {
  const bare = digits.replace(/^00/, '')
  const code = codeOf(bare)
  const rest = bare.slice(code.length).replace(/^00/, '')
  // A code of one digit is twice at the beginning of many numbers.
  if (code.length === 1 && !isSigned) return []
  return code !== '' && rest.startsWith(code) ? [`+${rest}`] : []
}

/** Digits that are a whole number of the country where the person lives, with its code and no sign before it. */
function knownCountryTexts(
  digits: string,
  { countries, parsePhone }: Parameters<typeof hasBareCode>[2]
): string[] {
  const [dealer, ...others] = countries
  const code = codeOf(digits)
  if (digits.startsWith('0') || digits.length < MIN_WITH_CODE || isOwnMobile(digits, dealer)) {
    return []
  }
  const isThere = (country: string) =>
    parsePhone(digits.slice(code.length), country) === `+${digits}`
  return others.some(isThere) ? [`+${digits}`] : []
}

/** The digits of a text as 0 to 9, in their order. */
export function digitsOf(text: string): string {
  return plainDigits(text).replace(/\D/g, '')
}

function repairedTexts(
  number: string,
  digits: string,
  { country, parsePhone }: { country: string } & Pick<PointParsing, 'parsePhone'>
): string[] {
  const withoutTrunk = digits.replace(/^0+/, '')
  const hasZero = /^\(?0/.test(number) && !digits.startsWith('00')
  const isOld = () => hasOldZero(number, parsePhone(withoutTrunk, country), country)
  return [
    // Many write the zero of their old plan, or of a neighbouring country's.
    ...(hasZero && isOld() ? [withoutTrunk] : []),
    ...(country === 'MX' ? mexicanTexts(digits) : []),
    ...(country === 'CO' ? colombianTexts(digits) : []),
    ...(country === 'UA' ? ukrainianTexts(digits) : [])
  ]
}

/**
 * Whether a zero stands where the old plan of the country had it: before a whole area code, or the first three
 * digits of a mobile. `06 12 34 56 80` and `050 123 45 67` are numbers of other countries.
 */
function hasOldZero(number: string, read: string | null, country: string): boolean {
  const groups = number.split(/\D+/).filter((group) => group !== '')
  const first = (groups[0] ?? '').replace(/^0+/, '')
  if (read === null || groups.length < 3 || first === '') return true
  const minimum = isForeignMobile(read.slice(1)) ? 3 : SHORT_AREAS.has(country) ? 1 : 2
  return first.length >= minimum
}

/** Countries whose old area codes had one digit behind the zero. */
const SHORT_AREAS: ReadonlySet<string> = new Set(['CZ', 'SK'])

/** The number with its prefix written as `+`: from `+`, `00`, `011` or no sign at all. */
function prefixedTexts(number: string, bare: string): string[] {
  // A trunk zero behind the country code: `+48 (0) 601…`. No other zero may go: it would be another number.
  const [, code, rest] = COUNTRY_CODE.exec(bare) ?? []
  const withoutTrunk = code === undefined ? [] : [`+${code}${rest ?? ''}`]
  return [...(number.startsWith('+') ? [number] : []), `+${bare}`, ...withoutTrunk]
}

/** A country code with a zero behind it, and what follows. */
const COUNTRY_CODE = new RegExp(String.raw`^(${COUNTRY_CODES})0(\d+)$`)

function bareInternational(
  number: string,
  digits: string,
  there: Parameters<typeof hasBareCode>[2]
): string | null {
  if (number.startsWith('+')) return digits.replace(/^(?:00|011)(?=[1-9])/, '')
  const [, dialled] = /^(?:00|011)([1-9]\d{6,})$/.exec(digits) ?? []
  if (dialled !== undefined) return dialled
  return hasBareCode(number, digits, there) ? digits : null
}

/** Digits of a North American number, and those before a word that is longer than the rest. */
const LENGTH = 10
const MAX_BEFORE_WORD = 6
const KEYPAD = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

/** Countries of the North American numbering plan: numbers in letters are common in it alone. */
const NORTH_AMERICA: ReadonlySet<string> = new Set([
  ...['US', 'CA', 'PR', 'DO', 'JM', 'TT', 'BS', 'BB', 'BM', 'AG', 'AI', 'AS', 'DM', 'GD', 'GU'],
  ...['KN', 'KY', 'LC', 'MP', 'MS', 'SX', 'TC', 'VC', 'VG', 'VI']
])

/** `1-800-FLOWERS` in digits. What is longer than a number is cut, as the network does. */
function keypadForms(number: string): PhoneForm[] {
  const [, area = '', word = ''] = KEYPAD_NUMBER.exec(number) ?? []
  const letters = word.match(/[a-z]/gi) ?? []
  const isWord = TOLL_FREE.has(area) ? isTollFreeWord(word) : WORD_OF_NUMBER.test(word)
  // Free numbers are known by their words: any seven letters are one.
  const isKnownWord =
    TOLL_FREE.has(area) && letters.length === 7 && /^[A-Z]+[-. ][A-Z]+$/.test(word)
  const hasRemark =
    !isKnownWord && word.split(/[^a-z]+/i).some((one) => REMARKS.has(one.toLowerCase()))
  if (letters.length < 3 || !isWord || hasRemark || MASK.test(letters.join(''))) return []
  const digits = area + digitsOf(word.toLowerCase().replace(/[a-z]/g, keyOf))
  // A name beside digits is no part of them: only a word that begins within the number may be too long.
  if (digits.length > LENGTH && digits.length - letters.length > MAX_BEFORE_WORD) return []
  return [{ text: `+1${digits.slice(0, LENGTH)}`, country: null }]
}

const KEYPAD_NUMBER = /^(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-. ]?([a-z\d][a-z\d\-. ]{5,})$/i
const TOLL_FREE: ReadonlySet<string> = new Set('800 833 844 855 866 877 888 900'.split(' '))

/** Capitals that are the whole end of a number. Small letters behind digits are a remark: `585-297-none`. */
const WORD_OF_NUMBER = /^(?:\d{3}[-.]?[A-Z]{4}|[A-Z]{3}[-.]?[A-Z]{4})$/

/** Such numbers are known by their words, in small letters too: but several of these are a remark. */
function isTollFreeWord(word: string): boolean {
  return !/[a-z]/.test(word) || !word.includes(' ')
}

/** What people write in place of digits. */
const REMARKS: ReadonlySet<string> = new Set(
  (
    'none null nil no not given unknown unkn test tbd na ask call me mom dad home work cell text only ' +
    'for back later please same zero one two three four five six seven eight nine'
  ).split(' ')
)
/** Letters that hide digits: `585-297-XXXX`. */
const MASK = /^(.)\1+$/i

function keyOf(letter: string): string {
  return String(KEYPAD.findIndex((letters) => letters.includes(letter)) + 2)
}
