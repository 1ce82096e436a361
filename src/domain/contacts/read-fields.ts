import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import type { EmailAddress, PhoneNumber } from '../leads/lead.ts'
import type { RepairCode } from '../reasons/repair-reasons.ts'
import { plainDigits } from '../text/clean-text.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import type { GivenPhone, GivenPoint } from './given-points.ts'
import { digitsOf } from './phone-forms.ts'
import { isWholeAddress, readEmailField } from './read-emails.ts'
import type { FoundEmail } from './read-emails.ts'
import { readPhoneField } from './read-phones.ts'
import type { FoundPhone, PhoneReading } from './phone-reading.ts'
import type { PointParsing } from './point-parsing.ts'
import { isYesOrNo } from './yes-or-no.ts'

/** What one field holds, of either kind, and how its text was repaired. */
export interface FieldPoints {
  emails: EmailAddress[]
  phones: PhoneNumber[]
  codes: RepairCode[]
}

export type FieldReading = PointParsing & PhoneReading

/** The longest text that is taken apart; a longer one is kept as given. */
const MAX_TEXT = 500

/** The numbers of a phone field, and the addresses that stand in it. */
export function readPhonePoints(given: GivenPhone, reading: FieldReading): FieldPoints {
  const raw = given.text?.trim() ?? ''
  if (isAbsentValue(withoutLink(raw)) || isYesOrNo(raw)) return nothing(withoutLink(raw))
  const kept = {
    emails: [],
    phones: [phoneOf(given, { number: null, raw, type: null })],
    codes: ['unreadable_value'] satisfies RepairCode[]
  }
  if (raw.length > MAX_TEXT) return kept
  const { emails, unsure, rest } = readEmailField(raw, reading.parseEmail)
  if (emails.length + unsure.length === 0) {
    // No number has an @: it is an address that can't be read.
    if (raw.includes('@') && digitsOf(raw).length < MIN_DIALLED_DIGITS) {
      return { emails: [unreadEmail(raw)], phones: [], codes: ['moved_to_email'] }
    }
    const found = readPhoneField(raw, reading)
    return {
      ...kept,
      phones: found.map((phone) => phoneOf(given, phone)),
      codes: phoneCodes(found, raw, reading)
    }
  }
  const phones = validPhones(rest, reading).map((phone) => phoneOf(given, phone))
  const count = emails.length + unsure.length + phones.length
  return {
    emails: emailsOf({ emails, unsure }, count === 1 ? raw : null),
    phones,
    codes: ['moved_to_email', ...severalCode(count)]
  }
}

/** The addresses of an e-mail field, and the numbers that stand in it. */
export function readEmailPoints(given: GivenPoint, reading: FieldReading): FieldPoints {
  const raw = given.text?.trim() ?? ''
  if (isAbsentValue(withoutLink(raw))) return nothing(withoutLink(raw))
  if (raw.length > MAX_TEXT) return unreadable(raw)
  const address = isWholeAddress(raw) ? reading.parseEmail(raw) : null
  if (address !== null) return { emails: [{ address, raw, valid: true }], phones: [], codes: [] }
  const { emails, unsure, rest } = readEmailField(raw, reading.parseEmail)
  const isNone = emails.length + unsure.length === 0
  const found = isNone ? numbersFor(rest, raw, reading) : validPhones(rest, reading)
  const phones = found.map((phone) => phoneOf({ ...given, type: null }, phone))
  if (emails.length + phones.length === 0) return unreadable(raw)
  const count = emails.length + unsure.length + phones.length
  return {
    emails: emailsOf({ emails, unsure }, count === 1 ? raw : null),
    phones,
    codes: emailCodes({ emails, unsure, phones })
  }
}

function emailCodes({
  emails,
  unsure,
  phones
}: Record<'emails' | 'unsure' | 'phones', readonly unknown[]>): RepairCode[] {
  const count = emails.length + unsure.length + phones.length
  return [
    ...(count === 1 && emails.length === 1 ? (['repaired_email'] as const) : []),
    ...(unsure.length === 0 ? [] : (['unreadable_value'] as const)),
    ...(phones.length === 0 ? [] : (['moved_to_phone'] as const)),
    ...severalCode(count)
  ]
}

/** Templates write a link also where they have no address for it. */
function withoutLink(raw: string): string {
  return raw.replace(/^(?:mailto|tel): ?/i, '')
}

function nothing(raw: string): FieldPoints {
  return { emails: [], phones: [], codes: raw === '' ? [] : ['absent_value'] }
}

function unreadable(raw: string): FieldPoints {
  return { emails: [unreadEmail(raw)], phones: [], codes: ['unreadable_value'] }
}

function unreadEmail(raw: string): EmailAddress {
  return { address: raw, raw, valid: false }
}

/** `whole` is the text of the field where it holds one address and nothing else. */
function emailsOf(
  { emails, unsure }: { emails: readonly FoundEmail[]; unsure: readonly string[] },
  whole: string | null
): EmailAddress[] {
  return [
    ...emails.map(({ address, raw }) => ({ address, raw: whole ?? raw, valid: true })),
    ...unsure.map((raw) => unreadEmail(whole ?? raw))
  ]
}

function phoneOf(
  { type, time = null }: Pick<GivenPhone, 'type' | 'time'>,
  { number, raw, type: labelled }: FoundPhone
): PhoneNumber {
  return {
    number: number ?? raw,
    raw,
    valid: number !== null,
    type: type ?? labelled ?? 'voice',
    time
  }
}

function validPhones(text: string, reading: FieldReading): FoundPhone[] {
  if (digitsOf(text).length < MIN_DIALLED_DIGITS || text.includes('@')) return []
  return readPhoneField(text, reading).filter(({ number }) => number !== null)
}

/** A number in an e-mail field: one that can be read, or a text of nothing but digits and their marks. */
function numbersFor(rest: string, raw: string, reading: FieldReading): FoundPhone[] {
  const found = validPhones(rest, reading)
  const isNumber =
    /^[\d\s()+./-]+$/.test(plainDigits(rest)) && digitsOf(rest).length >= MIN_DIALLED_DIGITS
  if (found.length === 1) return found.map((phone) => ({ ...phone, raw }))
  return found.length === 0 && isNumber ? [{ number: null, raw, type: null }] : found
}

function severalCode(count: number): RepairCode[] {
  return count > 1 ? ['split_values'] : []
}

/** A number that a dialler would read from the text as it is was not repaired. */
function phoneCodes(
  found: readonly FoundPhone[],
  raw: string,
  { countries, parsePhone }: FieldReading
): RepairCode[] {
  if (found.length > 1) return ['split_values']
  const number = found[0]?.number ?? null
  if (number === null) return ['unreadable_value']
  // A parser passes over words and extensions, and reads digits of all scripts.
  const isPlain =
    !/[\p{L}\p{Cf}\u2011#;,]|(?!\d)\p{Nd}/u.test(raw) &&
    countries.some((country) => parsePhone(raw, country) === number)
  return isPlain ? [] : ['repaired_phone']
}
