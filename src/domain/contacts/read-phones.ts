import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import {
  isBeforeHours,
  isHours,
  secondEnding,
  withoutBeside,
  withoutCounts,
  withoutTimes
} from './beside-phones.ts'
import { countryBefore } from './phone-codes.ts'
import { isOpenPlan, isOwnMobile } from './country-codes.ts'
import { splitAtLabels } from './labelled-phones.ts'
import { readNumberRuns } from './number-runs.ts'
import { numbersOfEndings, withPlainEndings } from './phone-endings.ts'
import { digitsOf, phoneForms } from './phone-forms.ts'
import { plainPhone, withNameApart, withoutLetterDigits } from './phone-spellings.ts'
import { isAnyLabel, phoneTextOf, typeBefore } from './phone-text.ts'
import type { FoundPhone, PhoneReading } from './phone-reading.ts'

/**
 * The phone numbers of one field, in its order. A text that is one number is never split. Parts too short
 * to be a number are left out where another part is one.
 */
export function readPhoneField(text: string, reading: PhoneReading): FoundPhone[] {
  const plain = withPlainEndings(withoutTimes(plainPhone(text)))
  const found = readPlain(plain, text, reading)
  if (found.some(({ number }) => number !== null)) return found
  const halves = readHalves(plain, reading)
  if (halves !== null) return halves
  for (const repaired of [withoutLetterDigits(plain), withNameApart(plain)]) {
    const [only, ...others] = repaired === null ? [] : readPlain(repaired, text, reading)
    if (only && only.number !== null && others.length === 0) return [{ ...only, raw: text }]
  }
  return found
}

/** Two national numbers without anything between them, where only one length is that of a number. */
function readHalves(text: string, { countries, parsePhone }: PhoneReading): FoundPhone[] | null {
  if (!/^\d{16,20}$/.test(text) || text.length % 2 === 1) return null
  const half = text.length / 2
  const halves = [text.slice(0, half), text.slice(half)]
  const country = countries.find((one) => !isOpenPlan(one))
  if (country === undefined) return null
  const found = halves.map((raw) => ({ number: parsePhone(raw, country), raw, type: null }))
  return found.every(({ number }) => number !== null) ? found : null
}

/** The numbers of a plain text; `given` is the text as it was. */
function readPlain(plain: string, given: string, reading: PhoneReading): FoundPhone[] {
  const spaced = withoutBesideNumbers(plain, reading)
    .replace(/(?<=\d)\((?=\p{L})/gu, ' (')
    .replace(/(?<=\p{L}\))(?=[+\d])/gu, ' ')
  const kept = withRuns(splitPhones(spaced, 0, reading), spaced, reading).filter(
    ({ number, raw }) => number !== null || digitsOf(raw).length >= MIN_DIALLED_DIGITS
  )
  if (kept.every(({ number }) => number === null)) return [unread(given)]
  const [only, ...others] = kept
  // What is beside the only number stays with it.
  return only && others.length === 0
    ? [{ ...only, raw: given }]
    : kept.map((phone) => ({ ...phone, raw: withoutStray(phone.raw) }))
}

/** The text without counts and years that would be digits of its numbers, or hide them. */
export function withoutBesideNumbers(
  text: string,
  { countries, parsePhone }: PhoneReading
): string {
  const isNumber = (number: string) => {
    const digits = digitsOf(number)
    const isWhole = /^\(?[+0]/.test(number)
    return countries.some(
      (country) =>
        (isWhole || !isOpenPlan(country) || isOwnMobile(digits, country)) &&
        digits.length >= MIN_BESIDE &&
        parsePhone(number, country) !== null
    )
  }
  return withoutCounts(text, isNumber, isAnyLabel)
}

const MIN_BESIDE = 8

/** The numbers as found, or as the groups of digits say, where more of them are numbers so. */
function withRuns(
  found: readonly FoundPhone[],
  text: string,
  reading: PhoneReading
): readonly FoundPhone[] {
  const read = found.filter(({ number }) => number !== null)
  const count = read.reduce((sum, { raw }) => sum + digitsOf(raw).length, 0)
  const isAll = read.length > 0 && digitsOf(text).length - count < MIN_DIALLED_DIGITS
  if (isAll || text.length > MAX_RUNS || DECIMALS.test(text)) return found
  const runs = readNumberRuns(text, reading)
  return runs.length > read.length ? runs : found
}

/** The longest text whose groups are tried. */
const MAX_RUNS = 300

/** A part without the bracket whose other half is in another part. */
function withoutStray(raw: string): string {
  const [opened, closed] = [raw.split('(').length, raw.split(')').length]
  if (opened === closed) return raw
  return (opened > closed ? raw.replace(/^\(|\($/, '') : raw.replace(/\)$|^\)/, '')).trim()
}

function unread(text: string): FoundPhone {
  return { number: null, raw: text, type: phoneTextOf(plainPhone(text)).type }
}

/** The marks between numbers, the surest first. */
const SEPARATORS: readonly (RegExp | 'labels')[] = [
  /[\n;|]|(?<=\d{6}) ?(?=\+\d)|(?<=\d{4})(?=\(\d{2,4}\))/,
  / ?(?<![\p{L}\p{N}])(?:or|and|lub|albo|oraz|oder|und|o|y|i)(?![\p{L}\p{N}]) ?/u,
  'labels',
  /[,&]/,
  / \/ /,
  /\//
]

function splitPhones(text: string, level: number, reading: PhoneReading): FoundPhone[] {
  const named = countryBefore(text)
  const whole = phoneTextOf(named?.number ?? text)
  const there = named ? { ...reading, countries: [named.country, ...reading.countries] } : reading
  if (DECIMALS.test(whole.number)) return [unread(text)]
  const several = readEndings(whole.number, there)
  if (several !== null) {
    return several.map((phone) => ({ ...phone, type: phoneTextOf(text).type ?? whole.type }))
  }
  const read = parseOne(whole.number, there)
  if (read !== null) {
    const { type } = phoneTextOf(text)
    const phone = { number: read, raw: text, type: type ?? whole.type }
    const second = secondNumber(whole.number, read, there)
    return second === null
      ? [phone]
      : [
          { ...phone, raw: second.before },
          { ...phone, ...second }
        ]
  }
  const separator = SEPARATORS[level]
  if (separator === undefined) return readInLine(text, reading)
  const parts = (separator === 'labels' ? splitAtLabels(text) : text.split(separator))
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const found = parts.map((part) => splitPhones(part, level + 1, reading))
  // Digits that were cut off the beginning of a number would make it another one.
  const isTorn = CUT.test(text) && found[0]?.every(({ number: one }) => one === null)
  return isTorn ? [unread(text)] : found.flat()
}

const CUT = /^\d{1,6}[,&/]\d/

function parseOne(number: string, reading: PhoneReading): string | null {
  if (number.length > MAX_NUMBER) return null
  const { countries, parsePhone } = reading
  // A second ending is set apart only where the digits together are no number of the country.
  const isNone = countries.every((country) => parsePhone(number, country) === null)
  const read = withoutBeside(number)
    .filter(({ isSure }) => isSure || isNone)
    .flatMap((beside) => countries.map((country) => parsePhone(beside.number, country)))
  return read.find((one) => one !== null) ?? parseForms(number, reading)
}

/** Numbers that differ in their last digits alone, each as a whole one; null: the text is not such numbers. */
function readEndings(text: string, reading: PhoneReading): FoundPhone[] | null {
  // In Austria, digits behind a stroke are an extension, which is dialled.
  if (text.length > MAX_NUMBER || (reading.countries[0] === 'AT' && !text.includes('/-')))
    return null
  const numbers = numbersOfEndings(text)
  const found = (numbers ?? []).map((raw) => ({
    raw,
    number: parseForms(raw, reading),
    type: null
  }))
  return found.length > 0 && found.every(({ number }) => number !== null) ? found : null
}

/** The second of two numbers that is written with its last digits alone: `601 555 301/302`. */
function secondNumber(
  text: string,
  first: string,
  reading: PhoneReading
): { before: string; raw: string; number: string } | null {
  const found = secondEnding(text)
  if (!found || parseForms(found.number, reading) !== first) return null
  const before = found.number.trim()
  const raw = before.slice(0, -found.ending.length) + found.ending
  const isWhole = /^\d+$/.test(before.slice(-found.ending.length))
  const number = isWhole ? parseForms(raw, reading) : null
  return number === null || number === first ? null : { before, raw, number }
}

function parseForms(number: string, { countries, parsePhone }: PhoneReading): string | null {
  if (digitsOf(number).length > MAX_DIGITS) return null
  for (const { text, country } of phoneForms(number, { countries, parsePhone })) {
    const read = parsePhone(text, country)
    if (read !== null) return read
  }
  return null
}

/** Digits behind a point or comma are those of an amount, or one too many: no reading of them is sure. */
const DECIMALS = /^\+?\d{7,}[.,]\d{1,2}$/

/** An E.164 number, its prefix `00` or `011`, and a trunk zero. */
const MAX_DIGITS = 19
const MAX_NUMBER = 60

/** Numbers between other words, or with nothing but blanks between them: as many words as make one. */
function readInLine(text: string, reading: PhoneReading): FoundPhone[] {
  const words = text.split(' ').slice(0, MAX_WORDS)
  const found: FoundPhone[] = []
  let from = 0
  // Digits beside a number that belong to no other say that it is part of a longer, mistyped one.
  let isTorn = false
  for (let start = 0; start < words.length;) {
    const next = firstNumber(words, start, reading)
    if (next !== null) {
      const type = next.phone.type ?? typeBefore(words.slice(from, start).join(' '))
      found.push({ ...next.phone, type })
      if (start > from && isPart(words, start - 1)) isTorn = true
      if (isPart(words, next.end) && firstNumber(words, next.end, reading) === null) isTorn = true
    }
    if (next !== null) from = next.end
    start = next?.end ?? start + 1
  }
  return found.length > 0 && !isTorn ? found : [unread(text)]
}

/** Whether the digits beside a number are its own: hours and places in a list have a mark or a word. */
function isPart(words: readonly string[], at: number): boolean {
  const [before = '', word = ''] = [words[at - 1], words[at]]
  const isPart =
    /^[^\p{L}\d]{0,3}\d[\d./-]*[^\p{L}\d]{0,2}$/u.test(word) && !/^\d{1,2}[.)]$/.test(word)
  return isPart && !isBeforeHours(before) && !isHours(word)
}

const MAX_WORDS = 40
const MAX_WORDS_OF_NUMBER = 6
const MAX_NATIONAL = 10

function firstNumber(
  words: readonly string[],
  start: number,
  reading: PhoneReading
): { phone: FoundPhone; end: number } | null {
  if (!/\d/.test(words[start] ?? '')) return null
  for (let end = Math.min(start + MAX_WORDS_OF_NUMBER, words.length); end > start; end -= 1) {
    const raw = words.slice(start, end).join(' ')
    const { number, type } = phoneTextOf(raw)
    // Without a sign of its prefix, a run of words may be two numbers as well as a long one.
    const isOne =
      end === start + 1 || /^[+(0]/.test(number) || digitsOf(number).length <= MAX_NATIONAL
    const isLong = digitsOf(number).length >= MIN_DIALLED_DIGITS
    const read = isOne && isLong ? parseOne(number, reading) : null
    if (read !== null) return { phone: { number: read, raw, type }, end }
  }
  return null
}
