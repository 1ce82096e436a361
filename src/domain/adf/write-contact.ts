import type { Contact, PhoneNumber, PhoneType, PostalAddress } from '../leads/lead.ts'
import type { NoteKey } from './note-labels.ts'
import type { Note } from './notes.ts'
import { UNKNOWN, UNKNOWN_EMAIL } from './placeholders.ts'
import type { XmlElement } from './xml.ts'
import { optionalElement, parentElement, presentText, textElement } from './xml.ts'

const MAX_STREET_LINES = 5

const ADF_PHONE_TYPES: Record<PhoneType, string> = {
  voice: 'voice',
  mobile: 'cellphone',
  work: 'voice',
  home: 'voice',
  other: 'voice',
  fax: 'fax',
  pager: 'pager'
}

/** What stands in where a contact has no name or can't be reached; ADF requires both. */
interface ContactFallback {
  /** The name of a business; null for a person without a name. */
  name: string | null
  email: string | null
  phone: string | null
}

export function writeContact(contact: Contact, fallback: ContactFallback): XmlElement {
  return parentElement('contact', [
    ...writeNames(contact, fallback.name),
    ...writeReach(contact, fallback),
    ...writeAddress(contact.address)
  ])
}

/** The values of a contact without an ADF element, one line each, named by `label`. */
export function contactNotes(contact: Contact, label: (key: NoteKey | 'phone') => string): Note[] {
  const company = isPerson(contact) ? contact.companyName : null
  const phoneTypes = contact.phones
    .filter((phone) => ['work', 'home', 'other'].includes(phone.type))
    .filter((phone) => presentText(phone.number) !== null)
    .map((phone) => `${writePhoneNumber(phone)} (${phone.type})`)
  const lines: [NoteKey | 'phone', string | null][] = [
    ['companyName', company],
    ['nameSuffix', contact.nameSuffix],
    ...givenEmails(contact)
      .slice(1)
      .map((address): [NoteKey, string] => ['email', address]),
    ...phoneTypes.map((phone): ['phone', string] => ['phone', phone]),
    ['preferredChannel', isChannelWritten(contact) ? null : contact.preferredChannel],
    ['preferredTime', contact.preferredTime],
    ['language', contact.language]
  ]
  return lines.flatMap(([key, value]) => {
    const text = presentText(value)
    return text === null ? [] : [{ label: label(key), text }]
  })
}

function writeNames(contact: Contact, fallbackName: string | null): XmlElement[] {
  const person = [
    ...optionalElement('name', contact.firstName, { part: 'first', type: 'individual' }),
    ...optionalElement('name', contact.middleName, { part: 'middle', type: 'individual' }),
    ...optionalElement('name', contact.lastName, { part: 'last', type: 'individual' }),
    ...optionalElement('name', contact.fullName, { part: 'full', type: 'individual' })
  ]
  if (person.length > 0) return person
  const business = presentText(contact.companyName) ?? presentText(fallbackName)
  const type = business === null ? 'individual' : 'business'
  return [textElement('name', business ?? UNKNOWN, { part: 'full', type })]
}

function isPerson(contact: Contact): boolean {
  const { firstName, middleName, lastName, fullName } = contact
  return [firstName, middleName, lastName, fullName].some((name) => presentText(name) !== null)
}

/** At most one e-mail, then the phones: the order and number the DTD demands. */
function writeReach(contact: Contact, fallback: ContactFallback): XmlElement[] {
  const preferred = (channel: string) => (contact.preferredChannel === channel ? '1' : null)
  const email = optionalElement('email', givenEmails(contact)[0] ?? null, {
    preferredcontact: preferred('email')
  })
  const phones = givenPhones(contact).map((phone, index) =>
    textElement('phone', writePhoneNumber(phone), {
      type: ADF_PHONE_TYPES[phone.type],
      time: phone.time ?? contact.preferredTime,
      preferredcontact: index === 0 ? preferred('phone') : null
    })
  )
  if (email.length + phones.length > 0) return [...email, ...phones]

  const stand = [
    ...optionalElement('email', fallback.email),
    ...optionalElement('phone', fallback.phone)
  ]
  return stand.length > 0 ? stand : [textElement('email', UNKNOWN_EMAIL)]
}

function givenEmails(contact: Contact): string[] {
  return contact.emails.flatMap((email) => presentText(email.address) ?? [])
}

function givenPhones(contact: Contact): PhoneNumber[] {
  return contact.phones.filter((phone) => presentText(phone.number) !== null)
}

function isChannelWritten(contact: Contact): boolean {
  if (contact.preferredChannel === 'email') return givenEmails(contact).length > 0
  return contact.preferredChannel === 'phone' && givenPhones(contact).length > 0
}

/** E.164 has no room for an extension, so it is taken from what the person wrote. */
function writePhoneNumber({ number, raw, valid }: PhoneNumber): string {
  if (!valid) return number
  const extension = /(?:ext(?:ension|n)?\.?|[x#])[\s.:=]*(\d{1,7})\s*$/i.exec(raw)?.[1]
  return extension === undefined ? number : `${number} ext. ${extension}`
}

function writeAddress(address: PostalAddress | null): XmlElement[] {
  if (!address) return []
  const given = address.street.flatMap((line) => presentText(line) ?? [])
  const rest = [
    ...optionalElement('apartment', address.apartment),
    ...optionalElement('city', address.city),
    ...optionalElement('regioncode', address.region),
    ...optionalElement('postalcode', address.postalCode),
    ...optionalElement('country', address.country)
  ]
  if (given.length + rest.length === 0) return []

  const last = given.slice(MAX_STREET_LINES - 1).join(', ')
  const lines = [...given.slice(0, MAX_STREET_LINES - 1), ...(last === '' ? [] : [last])]
  const street = (lines.length > 0 ? lines : [UNKNOWN]).map((line, index) =>
    textElement('street', line, { line: String(index + 1) })
  )
  return [
    parentElement('address', [...street, ...rest], address.type ? { type: address.type } : {})
  ]
}
