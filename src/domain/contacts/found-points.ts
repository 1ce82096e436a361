import { plainDigits, trimCharacters } from '../text/clean-text.ts'
import { fold } from '../text/fold.ts'
import type { EmailAddress, PhoneNumber } from '../leads/lead.ts'
import { isBeforeHours } from './beside-phones.ts'
import { isPhoneLabel, typeBefore } from './phone-text.ts'
import { isOtherParty } from './point-names.ts'
import { isOwnEmail } from './own-points.ts'
import { FIRST_MARKS } from './read-emails.ts'
import { readPhoneField } from './read-phones.ts'
import type { FieldReading } from './read-fields.ts'

/** E-mail addresses and phones that stand among other words. */
export interface FoundPoints {
  emails: EmailAddress[]
  phones: PhoneNumber[]
}

const MAX_SEARCHED = 100_000
const MAX_CANDIDATES = 50
const MAX_FOUND = 5

/** Digits with their marks, which are no part of a word or a date, and no decimals. */
const NUMBER = /(?<![\p{L}\p{N}/#_-])(?<!\d[.,])[+(]{0,2}\d[\d ()./-]{6,20}\d(?![\p{L}\p{N}])/gu
const LINK = /https?:\/\/\S+/gi
/** What a bare number behind these words counts is no phone. */
const IDS =
  /^(?:vin|id|stock|ref|reference|referencia|referenz|order|offer|oferta|oferty|pedido|zamowieni[ea]|bestellung|auftrag|ogloszeni[ea]|inserats?|inserat|anzeigen?|angebots?|anuncio|kundennummer|listing|ad|case|ticket|session)$/
/** Words between a number and what it is of. */
const BETWEEN = new Set('is to es ist lautet the a of del de la do des der vom s'.split(' '))
const NUMBERS = new Set('no nr number num numero numer nummer'.split(' '))
const MAX_BEFORE = 60
const LAST_WORD = /(?<!\p{L})(\p{L}{1,20})\.?[ :]{0,3}$/u
const DATE = /\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}/

/**
 * The valid e-mail addresses and phones in a text of any kind: others may be prices, dates or ids. Those of the
 * dealer itself are left out.
 */
export function findPoints(text: string, reading: FieldReading): FoundPoints {
  const searched = plainDigits(text.slice(0, MAX_SEARCHED))
  return { emails: findEmails(searched, reading), phones: findPhones(searched, reading) }
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
  if (IDS.test(named) && /^\d+$/.test(number)) return true
  const [first = '', last = ''] = words.slice(-2)
  return (
    (isPhoneLabel(last) && isOtherParty(first) === 'other') ||
    (isPhoneLabel(first) && isOtherParty(last) === 'other')
  )
}

function findPhones(text: string, reading: FieldReading): PhoneNumber[] {
  const searched = text.replace(LINK, ' ')
  const candidates = Array.from(searched.matchAll(NUMBER), ({ 0: candidate, index }) => {
    const before = searched.slice(Math.max(0, index - MAX_BEFORE), index)
    const [, word = ''] = LAST_WORD.exec(before) ?? []
    const text = isOfOther(before, candidate)
      ? ''
      : `${isBeforeHours(word) ? `${word} ` : ''}${candidate}`
    return { text, named: typeBefore(before) }
  }).filter(({ text: candidate }) => candidate !== '' && !DATE.test(candidate))
  const found = new Map<string, PhoneNumber>()
  for (const { text: candidate, named } of candidates.slice(0, MAX_CANDIDATES)) {
    for (const { number, raw, type: own } of readPhoneField(candidate, reading)) {
      if (number === null || found.size >= MAX_FOUND || reading.ownPoints?.has(number)) continue
      const type = own ?? named ?? 'voice'
      found.set(number, { number, raw: raw.trim(), valid: true, type, time: null })
    }
  }
  const all = Array.from(found.values())
  const isFax = ({ type }: PhoneNumber) => type === 'fax'
  return [...all.filter((one) => !isFax(one)), ...all.filter(isFax)]
}
