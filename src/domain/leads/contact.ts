import { plainDigits } from '../text/clean-text.ts'
import { fold } from '../text/fold.ts'
import type { Contact, PhoneNumber } from './lead.ts'
import type { Vehicle } from './vehicle.ts'

/** How many e-mail addresses, and how many phones, a person can have beside the main one. */
export const MAX_OTHER_POINTS = 20

/** A person's name as shown in lists, or null where none was given. */
export function displayName(contact: Contact): string | null {
  const parts = [contact.firstName, contact.middleName, contact.lastName, contact.nameSuffix]
  const joined = parts.filter((part) => part !== null).join(' ')
  return contact.fullName ?? (joined === '' ? contact.companyName : joined)
}

/** What people know a person by: the name, otherwise the e-mail address or the phone number. */
export function recognisableName(contact: Contact): string | null {
  return displayName(contact) ?? contact.emails[0]?.address ?? contact.phones[0]?.number ?? null
}

/** The keys under which a person can be found again by something they alone should have. */
export function contactKeys(contact: Pick<Contact, 'emails' | 'phones'>): string[] {
  const emails = contact.emails.filter(({ valid }) => valid)
  return unique([
    ...emails.map(({ address }) => `e:${address.toLowerCase()}`),
    ...contact.phones.flatMap(keysOfPhone)
  ])
}

/** A number that can't be read is known by its digits, without a `+`: it equals none that can be read. */
function keysOfPhone(phone: PhoneNumber): string[] {
  if (phone.valid) return [`p:${phoneKey(phone.number)}`]
  const digits = dialledDigits(phone.number)
  // What people type instead of a number would make strangers one person.
  const isMadeUp = /^(\d)\1*$/.test(digits) || '01234567890123456789'.includes(digits)
  return isDialable(phone) && !isMadeUp ? [`p:${digits.slice(0, MAX_KEY_DIGITS)}`] : []
}

const MAX_KEY_DIGITS = 40

/**
 * An E.164 number in the form numbers are compared in. Mexico and Argentina write mobiles with and
 * without a digit behind the country code (1, abolished, and 9): both forms are one number.
 */
export function phoneKey(number: string): string {
  return number.replace(/^\+521(?=\d{10}$)/, '+52').replace(/^\+549(?=\d{10}$)/, '+54')
}

/** How many digits a number has at least that people can dial, whether it can be read or not. */
export const MIN_DIALLED_DIGITS = 6

/** Whether a person can be reached: a valid e-mail address, or a number that people can dial. */
export function isReachable({ emails, phones }: Pick<Contact, 'emails' | 'phones'>): boolean {
  return emails.some(({ valid }) => valid) || phones.some(isDialable)
}

/** A number that can't be read is kept as given, and dialled as given where it has enough digits. */
export function isDialable({ number, valid }: PhoneNumber): boolean {
  return valid || dialledDigits(number).length >= MIN_DIALLED_DIGITS
}

/** A spreadsheet's short form has lost digits: the rest is no number to dial. */
function dialledDigits(number: string): string {
  if (/^\s*\d[.,]\d{1,20}e\+?\d{1,2}\s*$/i.test(number)) return ''
  return plainDigits(number).replace(/\D/g, '')
}

/** "2022 Kia Ceed GT Line": how people name a car. Empty when the lead doesn't say. */
export function vehicleName({ year, make, model, trim }: Vehicle): string {
  return [year, make, model, trim].filter((part) => part !== null && part !== '').join(' ')
}

/**
 * The vehicle a lead asks about, in the form repeats are compared in, or null where it names none.
 * A VIN or stock number says it all; otherwise make, model and year do.
 */
export function vehicleKey(vehicles: readonly Vehicle[]): string | null {
  const wanted = vehicles.find(({ interest }) => interest !== 'trade-in' && interest !== 'sell')
  if (!wanted) return null
  if (wanted.vin !== null) return `vin ${fold(wanted.vin)}`
  if (wanted.stockNumber !== null) return `stock ${fold(wanted.stockNumber)}`
  const words = [wanted.make, wanted.model, wanted.year?.toString() ?? null]
  const known = words.filter((word) => word !== null).map(fold)
  return known.length === 0 ? null : known.join(' ')
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
