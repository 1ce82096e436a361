import { plainDigits, trimCharacters } from '../text/clean-text.ts'
import { fold } from '../text/fold.ts'
import type { EmailAddress, PhoneNumber, PhoneType } from '../leads/lead.ts'
import { isBeforeHours } from './beside-phones.ts'
import { isCallWord } from './call-words.ts'
import { readNumberRuns } from './number-runs.ts'
import { NUMBERS, isOfPaper, withoutPaperNumbers } from './paper-numbers.ts'
import { isPhoneLabel, typeBefore } from './phone-text.ts'
import { isOtherParty } from './point-names.ts'
import { isOwnEmail } from './own-points.ts'
import { plainProse } from './prose-spellings.ts'
import { FIRST_MARKS } from './read-emails.ts'
import { readPhoneField, withoutBesideNumbers } from './read-phones.ts'
import type { FieldReading } from './read-fields.ts'

/** E-mail addresses and phones that stand among other words. */
export interface FoundPoints {
  emails: EmailAddress[]
  phones: PhoneNumber[]
}

const MAX_SEARCHED = 100_000
/** People put their phone at the end of a text, however long it is. */
const MAX_END = 20_000
const MAX_CANDIDATES = 50
const MAX_FOUND = 5
/** So many characters of all candidates are tried: each takes time. */
const MAX_TRIED = 1000

/** Digits with their marks, which are no part of a word or a date, and no decimals. */
const NUMBER = /(?<![\p{L}\p{N}/#_-])(?<!\d[.,])[+(]{0,2}\d[\d ()./-]{6,60}\d(?![\p{L}\p{N}])/gu
const LINK = /https?:\/\/\S+/gi
/** Words between a number and what it is of. */
const BETWEEN = new Set('is to es ist lautet the a of del de la do des der vom s'.split(' '))
const MAX_BEFORE = 60
const LAST_WORD = /(?<!\p{L})(\p{L}{1,20})\.?[ :]{0,3}$/u
const NEXT_WORD = /^ (?:\p{L}{2,20})/u
const CLOCK = /(?<![\d:.])(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?![\d:])/g
const FULL_DATE =
  /(?<![\d./-])(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d)(?![\d./-]\d|\d)/g
const DATE = /\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}/

/**
 * The valid e-mail addresses and phones in a text of any kind: others may be prices, dates or ids. Where none is
 * valid, the first digits at which the person asks to be called (`unread`: or that are as long as a phone, or none).
 * Those of the dealer itself are left out. The first 100,000 characters are searched, and the last 20,000; between them
 * only what is around the first signs of an e-mail or phone.
 */
export function findPoints(
  text: string,
  reading: FieldReading,
  unread: 'called' | 'any' | 'none' = 'called'
): FoundPoints {
  const first = findIn(text.slice(0, MAX_SEARCHED), reading, unread)
  const isRead = first.phones.some(({ valid }) => valid)
  if (text.length <= MAX_END || (first.emails.length > 0 && isRead)) return first
  // Digits at the cut may be a part of a longer number.
  const last = findIn(text.slice(-MAX_END).replace(/^[\d ()./-]+/, ''), reading, unread)
  const isBetter = !isRead && last.phones.some(({ valid }) => valid)
  const found = {
    emails: first.emails.length > 0 ? first.emails : last.emails,
    phones: isBetter || first.phones.length === 0 ? last.phones : first.phones
  }
  if (found.emails.length + found.phones.length > 0) return found
  return findIn(signsWithin(text.slice(MAX_SEARCHED, -MAX_END)), reading, unread)
}

/** What is around the first signs of an e-mail or phone in a text. */
function signsWithin(text: string): string {
  const places: string[] = []
  let from = 0
  for (const { index } of text.matchAll(SIGN)) {
    if (index < from) continue
    if (places.length === MAX_SIGNS) break
    from = index + MAX_BEFORE
    places.push(text.slice(Math.max(0, index - MAX_BEFORE), from))
  }
  return places.join('\n')
}

const SIGN = /@|\d(?:[ ().-]?\d){6}/g
const MAX_SIGNS = 20

function findIn(
  text: string,
  reading: FieldReading,
  unread: 'called' | 'any' | 'none'
): FoundPoints {
  const searched = plainProse(plainDigits(text))
  return { emails: findEmails(searched, reading), phones: findPhones(searched, reading, unread) }
}

/** Around each `@`: no search goes over the text twice. */
function findEmails(text: string, { parseEmail, ownPoints }: FieldReading): EmailAddress[] {
  const found = new Map<string, EmailAddress>()
  let at = text.indexOf('@')
  for (let tries = 0; at !== -1 && tries < MAX_CANDIDATES && found.size < MAX_FOUND; tries += 1) {
    const [local = ''] =
      /[\p{L}\p{M}\p{N}_.!#$%'*+^`{}~-]{1,64}$/u.exec(text.slice(Math.max(0, at - 64), at)) ?? []
    const [domain = ''] =
      /^[\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*/u.exec(text.slice(at + 1, at + 255)) ?? []
    const raw = `${trimCharacters(local, FIRST_MARKS, '')}@${domain}`
    const address = parseEmail(raw)
    if (address !== null && !isOwnEmail(address, ownPoints))
      found.set(address.toLowerCase(), { address, raw, valid: true })
    at = text.indexOf('@', at + 1)
  }
  return Array.from(found.values())
}

/** Whether the words before a number say that it is an id, or the phone of another party: `dealer phone is`. */
function isOfOther(before: string, number: string): boolean {
  const [sentence = ''] = /[^.!?\n]{0,60}$/.exec(before.replace(/(?:[.:]|\s){1,4}$/, '')) ?? []
  const words = fold(sentence)
    .split(' ')
    .filter((word) => !BETWEEN.has(word))
  const named = words.findLast((word) => !NUMBERS.has(word)) ?? ''
  if (isOfPaper(named, number)) return true
  const [first = '', last = ''] = words.slice(-2)
  return (
    (isPhoneLabel(last) && isOtherParty(first) === 'other') ||
    (isPhoneLabel(first) && isOtherParty(last) === 'other')
  )
}

const MIN_CALLED = 9
const MAX_CALLED = 15
const MAX_CALL_WORDS = 3

/** Whether the words before digits say that the person is called at them: `call me at`, `moj numer`. */
function isCalled(before: string): boolean {
  const words = fold(before.slice(-MAX_BEFORE)).split(' ').slice(-MAX_CALL_WORDS)
  return words.some((word) => isCallWord(word)) || isPhoneLabel(words.at(-1) ?? '')
}

/** Digits of a text that may be numbers: alone, with the word before them that says a time, and with both words. */
interface Candidate {
  candidate: string
  time: string
  whole: string
  named: PhoneType | null
  /** The digits as given, where the person can be called at them, whether they can be read or not. */
  dialled: string | null
}

function* candidatesIn(
  text: string,
  reading: FieldReading,
  unread: 'called' | 'any' | 'none'
): Generator<Candidate> {
  const seen = new Set<string>()
  let length = 0
  for (const { 0: match, index } of text.matchAll(NUMBER)) {
    const before = text.slice(Math.max(0, index - MAX_BEFORE), index)
    if (seen.has(match) || isOfOther(before, match) || DATE.test(match)) continue
    seen.add(match)
    length += match.length
    if (seen.size > MAX_CANDIDATES || length > MAX_TRIED) return
    const end = index + match.length
    const [, word = ''] = LAST_WORD.exec(before) ?? []
    const [behind = ''] = NEXT_WORD.exec(text.slice(end, end + MAX_BEFORE)) ?? []
    // Counts are known by the word behind them.
    const apart = withoutBesideNumbers(`${match}${behind}`, reading)
    const candidate = apart.endsWith(behind) ? apart.slice(0, apart.length - behind.length) : apart
    yield {
      candidate,
      time: isBeforeHours(word) ? `${word} ${candidate}` : candidate,
      whole: `${/\p{L}[.:]? $/u.test(before) ? `${word} ` : ''}${apart}`,
      named: typeBefore(before),
      dialled: isDialled(match, before, unread) ? match.trim() : null
    }
  }
}

function isDialled(digits: string, before: string, unread: 'called' | 'any' | 'none'): boolean {
  const { length } = digits.replace(/\D/g, '')
  const isLong = length >= MIN_CALLED && length <= MAX_CALLED
  return isLong && unread !== 'none' && (unread === 'any' || isCalled(before))
}

function findPhones(
  text: string,
  reading: FieldReading,
  unread: 'called' | 'any' | 'none'
): PhoneNumber[] {
  const dated = text.replace(LINK, ' ').replace(FULL_DATE, ';').replace(CLOCK, ';')
  const plain = withoutPaperNumbers(dated)
  const found = new Map<string, PhoneNumber>()
  const called: PhoneNumber[] = []
  for (const { candidate, time, whole, named, dialled } of candidatesIn(plain, reading, unread)) {
    if (found.size >= MAX_FOUND) break
    if (dialled !== null) {
      const type = named ?? 'voice'
      called.push({ number: dialled, raw: dialled, valid: false, type, time: null })
    }
    const alone = readPhoneField(time, reading)
    const isRead = alone.some(({ number }) => number !== null)
    for (const { number, raw, type: own } of isRead ? alone : readNumberRuns(whole, reading)) {
      if (number === null || found.size >= MAX_FOUND || reading.ownPoints?.has(number)) continue
      const type = own ?? named ?? 'voice'
      const given = raw === time ? candidate : raw.trim()
      found.set(number, { number, raw: given, valid: true, type, time: null })
    }
  }
  if (found.size === 0) return called.slice(0, 1)
  const all = Array.from(found.values())
  const isFax = ({ type }: PhoneNumber) => type === 'fax'
  return [...all.filter((one) => !isFax(one)), ...all.filter(isFax)]
}
