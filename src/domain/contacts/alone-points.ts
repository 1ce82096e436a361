import { contactKeys } from '../leads/contact.ts'
import type { Contact, PhoneNumber, UnmappedValue } from '../leads/lead.ts'
import { codeOf } from './country-codes.ts'
import type { ContactReading } from './given-contact.ts'
import { isOwnEmail } from './own-points.ts'
import { digitsOf } from './phone-forms.ts'
import { holdsNoPoint, isOtherParty } from './point-names.ts'
import { isWholeAddress } from './read-emails.ts'
import { readPhoneField } from './read-phones.ts'

/** As much of a lead as an e-mail or phone is looked for in. */
interface Searched {
  contact: Contact
  unmapped: readonly UnmappedValue[]
}

/**
 * A lead with the e-mail or phone that is the whole value of an unknown field, where the contact has none of that
 * kind that can be used: forms call their fields in every language. The value is no longer unmapped.
 */
export function reachedByFields<T extends Searched & { unmapped: UnmappedValue[] }>(
  content: T,
  reading: ContactReading
): T {
  const { contact, unmapped } = content
  const fields = unmapped.filter((value) => isUnknown(value) && !isOtherPerson(value))
  if (fields.length === 0) return content
  const email = hasEmail(contact)
    ? null
    : firstOf(
        fields.filter((one) => !holdsNoEmail(one)),
        (text) => emailIn(text, reading)
      )
  const phone = hasPhone(content, reading)
    ? null
    : firstOf(
        fields.filter((one) => !holdsNoPhone(one)),
        (text) => phoneIn(text, reading)
      )
  if (!email && !phone) return content
  const taken = new Set([email?.field, phone?.field])
  return {
    ...content,
    contact: {
      ...contact,
      emails: email
        ? [email.value, ...contact.emails.filter(({ address }) => address.includes('@'))]
        : contact.emails,
      phones: phone
        ? [phone.value, ...contact.phones.filter(({ number }) => /\d/.test(number))]
        : contact.phones
    },
    unmapped: unmapped.map((value) =>
      taken.has(value) ? { ...value, code: 'found_in_text' as const } : value
    )
  }
}

/** Whether a value has no place in the lead. */
function isUnknown({ code }: UnmappedValue): boolean {
  return code === undefined || code === 'unknown_member'
}

function isOtherPerson({ path }: UnmappedValue): boolean {
  return path.split('/').some((part) => isOtherParty(part) === 'other')
}

/** Mail is `posta` and `posti` in some languages; in others that word is of a postal code. */
function holdsNoEmail({ path }: UnmappedValue): boolean {
  return holdsNoPoint(path.replace(/post[ai]?(?![a-z]*code)/i, ''))
}

function holdsNoPhone({ path }: UnmappedValue): boolean {
  return holdsNoPoint(path) || REGISTERS.test(path)
}

/** Numbers that registers give to people and companies have as many digits as phones. */
const REGISTERS =
  /(?:^|[^a-z])(?:regon|krs|nif|nie|cif|cnp|cui|ico|dic|siret|siren|oib|kvk|bsn|iban|konto|partita|piva|codice|numer|number|no|nr|count|value|total|score|km|hash|version)(?:$|[^a-z])/i

function firstOf<Value>(
  fields: readonly UnmappedValue[],
  read: (text: string) => Value | null
): { field: UnmappedValue; value: Value } | null {
  for (const field of fields) {
    const value = read(field.text.trim())
    if (value !== null) return { field, value }
  }
  return null
}

function emailIn(raw: string, { parseEmail, ownPoints }: ContactReading) {
  const address = /\s/.test(raw) || !isWholeAddress(raw) ? null : parseEmail(raw)
  if (address === null || isOwnEmail(address, ownPoints)) return null
  return { address, raw, valid: true }
}

function phoneIn(
  raw: string,
  { parsePhone, country, ownPoints }: ContactReading
): PhoneNumber | null {
  const digits = digitsOf(raw).length
  if (!ALONE.test(raw) || digits < MIN_DIGITS || digits > MAX_DIGITS) return null
  const [found, ...others] = readPhoneField(raw, { parsePhone, countries: [country] })
  const number = found?.number ?? null
  if (number === null || others.length > 0 || ownPoints?.has(number) === true) return null
  return { number, raw, valid: true, type: 'voice', time: null }
}

/** A number and its marks: no day, no amount. */
const ALONE = /^(?!\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: |$))[+(]{0,2}\d[\d ()./-]{6,20}\d$/
const MIN_DIGITS = 9
const MAX_DIGITS = 15

function hasEmail({ emails }: Contact): boolean {
  return contactKeys({ emails, phones: [] }).length > 0
}

/** Whether there is a phone that can be read; one that a repair made a number of another country is doubtful. */
function hasPhone(
  { contact, unmapped }: Searched,
  { country, parsePhone }: ContactReading
): boolean {
  const repaired = new Set(
    unmapped.flatMap(({ code, text }) => (code === 'repaired_phone' ? [text.trim()] : []))
  )
  return contact.phones.some(({ valid, number, raw }) => {
    if (!valid) return false
    if (!repaired.has(raw.trim()) || /\+|^\(?0[01]/.test(raw)) return true
    const digits = digitsOf(number)
    return parsePhone(digits.slice(codeOf(digits).length), country) === number
  })
}
