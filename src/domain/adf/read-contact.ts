import { isCountryOfPhone, isDialledCode, withCodes } from '../contacts/phone-codes.ts'
import type { PhoneCodes } from '../contacts/phone-codes.ts'
import type { GivenContact } from '../contacts/given-contact.ts'
import type { GivenPhone } from '../contacts/given-points.ts'
import type { ContactChannel, PhoneType, PostalAddress } from '../leads/lead.ts'
import { ADDRESS_TYPES, CONTACT_TIMES, PHONE_TYPES } from '../leads/lead.ts'
import { readChoice } from '../leads/choice-synonyms.ts'
import { contactColumn } from '../imports/qualified-names.ts'
import { oneOf } from './amounts.ts'
import { readCountry } from '../text/country-names.ts'
import { elementKey } from './element-cursor.ts'
import type { ElementCursor } from './element-cursor.ts'
import { UNKNOWN_EMAIL } from './placeholders.ts'
import { isEmptyRecord } from './xml.ts'

const ADF_PHONE_TYPES: Record<string, PhoneType> = {
  voice: 'voice',
  phone: 'voice',
  cellphone: 'mobile',
  fax: 'fax',
  pager: 'pager'
}

/** Elements that hold a phone beside `phone` itself, and the type that their names say. */
const PHONE_ELEMENTS: Record<string, PhoneType> = {
  phonenumber: 'voice',
  telephone: 'voice',
  tel: 'voice',
  dayphone: 'voice',
  eveningphone: 'voice',
  cellphone: 'mobile',
  cell: 'mobile',
  cellphonenumber: 'mobile',
  cellular: 'mobile',
  mobile: 'mobile',
  mobilephone: 'mobile',
  mobilenumber: 'mobile',
  homephone: 'home',
  workphone: 'work',
  businessphone: 'work',
  officephone: 'work',
  fax: 'fax',
  pager: 'pager'
}

const EMAIL_ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,24}$/i

/** So many addresses, and so many phones, are looked at: to read one takes time. The rest is unmapped. */
const MAX_READ = 50

/** What is longer holds no address and no phone that can be found: it is unmapped. */
const MAX_POINT_TEXT = 1_000

const shortText = (text: string) => (text.length > MAX_POINT_TEXT ? null : text)

const EMAIL_ELEMENTS = ['email', 'emailaddress', 'mail']

/** Whether elements of this name hold an e-mail address or a phone. */
export function isContactPoint(name: string): boolean {
  const key = elementKey(name)
  return isEmailElement(key) || isPhoneElement(key)
}

function isEmailElement(key: string): boolean {
  return EMAIL_ELEMENTS.includes(key) || contactColumn(key)?.kind === 'email'
}

/** Elements of our list, and what columns of lists are called too: `alternatephone`. */
function isPhoneElement(key: string): boolean {
  return Object.hasOwn(PHONE_ELEMENTS, key) || contactColumn(key)?.kind === 'phone'
}

/** The contact as the document gives it; one that says nothing has nothing in it. */
export function readAdfContact(element: ElementCursor | null): GivenContact {
  if (!element) return { path: '', emails: [], phones: [] }
  element.attribute('primarycontact', (text) => (text === '1' ? text : null))
  const emails = readEmails(element)
  const phones = readPhones(element)
  const { names, addresses } = readNames(element)
  return {
    ...names,
    path: element.path,
    emails: emails.values,
    // An address in the place of a name is one in a wrong field, as one in that of a phone is.
    phones: [...phones.values, ...addresses],
    preferredChannel: preferredChannel(emails.isPreferred, phones.isPreferred),
    // Some senders write its parts into the contact.
    address: readAddress(element.child('address') ?? element)
  }
}

/** E-mails are mostly typed by people, and some systems put the link's `mailto:` in front. */
export function stripMailto(text: string): string {
  return text.replace(/^mailto:\s*/i, '')
}

type NameMember =
  'firstName' | 'middleName' | 'lastName' | 'nameSuffix' | 'fullName' | 'companyName'

/** What senders call the parts of a name, in attributes and elements, as `partKey` writes it. */
const NAME_PARTS: Record<string, NameMember> = {
  first: 'firstName',
  firstname: 'firstName',
  given: 'firstName',
  givenname: 'firstName',
  forename: 'firstName',
  vorname: 'firstName',
  nombre: 'firstName',
  imie: 'firstName',
  middle: 'middleName',
  middlename: 'middleName',
  middleinitial: 'middleName',
  last: 'lastName',
  lastname: 'lastName',
  family: 'lastName',
  familyname: 'lastName',
  surname: 'lastName',
  nachname: 'lastName',
  apellidos: 'lastName',
  apellido: 'lastName',
  nazwisko: 'lastName',
  suffix: 'nameSuffix',
  namesuffix: 'nameSuffix',
  full: 'fullName',
  fullname: 'fullName',
  company: 'companyName',
  companyname: 'companyName'
}

/** Titles and forms of address are no part of a name: they stay unread. */
const TITLES = ['title', 'prefix', 'nameprefix', 'salutation', 'honorific', 'anrede']

/** Attributes into which some senders write the part, beside `part` itself. */
const LIKE_PART = ['type', 'kind']

const partKey = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '')

function partNamed(text: string): NameMember | null {
  const key = partKey(text)
  return Object.hasOwn(NAME_PARTS, key) ? (NAME_PARTS[key] ?? null) : null
}

interface NamedElement {
  element: ElementCursor
  member: NameMember
  isListed: boolean
}

const KINDS = oneOf(['individual', 'business'])

/**
 * The first name of each part counts; a second stays unread, and so unmapped. A part off the list
 * is a full name where the document gives no other.
 */
function readNames(contact: ElementCursor) {
  const names: Partial<Record<NameMember, string>> = {}
  const addresses: GivenPhone[] = []
  const found = contact.all('name', ...Object.keys(NAME_PARTS)).flatMap(findNames)
  const listedFirst = found.toSorted((a, b) => Number(b.isListed) - Number(a.isListed))
  for (const { element, member } of listedFirst) {
    if (names[member] !== undefined) continue
    const name = element.text()
    element.attribute('part', partNamed)
    for (const said of LIKE_PART) element.attribute(said, (text) => KINDS(text) ?? partNamed(text))
    if (name !== null && EMAIL_ADDRESS.test(name)) {
      addresses.push({ text: name, path: element.path })
    } else if (name !== null) names[member] = name
  }
  for (const { element } of found) readNameAttributes(element, names)
  return { names, addresses }
}

/** Parts of a name that are attributes: `<name first="Jan" last="Kos"/>`. */
function readNameAttributes(
  element: ElementCursor,
  names: Partial<Record<NameMember, string>>
): void {
  for (const [key, member] of Object.entries(NAME_PARTS)) {
    const isOpen = element.key === 'name' && names[member] === undefined
    const value = isOpen ? element.attribute(key) : null
    if (value !== null) names[member] = value
  }
}

/** An element with a part of the name; some senders write elements for the parts into `name`. */
function findNames(element: ElementCursor): NamedElement[] {
  const parts = element.all(...Object.keys(NAME_PARTS)).flatMap(findNames)
  const named = NAME_PARTS[element.key]
  if (named !== undefined) return [...parts, { element, member: named, isListed: true }]
  const others = LIKE_PART.map((attribute) => partKey(element.glance(attribute) ?? ''))
  const own = element.glance('part')
  const isPart = (text: string) => partNamed(text) !== null || TITLES.includes(text)
  const key = own === null ? (others.find(isPart) ?? 'full') : partKey(own)
  if (TITLES.includes(key)) return parts
  const part = partNamed(key)
  const isBusiness = others.includes('business')
  const member: NameMember = isBusiness ? 'companyName' : (part ?? 'fullName')
  return [...parts, { element, member, isListed: part !== null }]
}

/** The preferred one comes first, because the first is the main one. */
function readEmails(contact: ElementCursor) {
  const found = contact.allNamed(isEmailElement).flatMap((element, index) => {
    if (index >= MAX_READ) return []
    const isPreferred = readPreference(element)
    const text = element.text(shortText)
    if (text === null || text.toLowerCase() === UNKNOWN_EMAIL) return []
    return [{ value: { text, path: element.path }, isPreferred }]
  })
  return preferredFirst(found)
}

function readPhones(contact: ElementCursor) {
  const found = contact.allNamed(isPhoneElement).flatMap((element, index) => {
    if (index >= MAX_READ) return []
    const number = element.text(shortText)
    if (number === null) return []
    const text = withCodes(number, readCodes(element, number))
    const isPreferred = readPreference(element)
    const type = readPhoneType(element)
    const time = element.attribute('time', (text) => readChoice(text, CONTACT_TIMES))
    return [{ value: { text, type, time, path: element.path, isPreferred }, isPreferred }]
  })
  return preferredFirst(found)
}

/** The codes that some senders write beside a number. One that the number has itself stays unread. */
function readCodes(element: ElementCursor, number: string): PhoneCodes {
  if (!/^\(?\d/.test(number.trim())) return {}
  const parse = (text: string) => (isDialledCode(text) || isCountryOfPhone(text) ? text : null)
  const first = (names: readonly string[]) =>
    names.reduce<string | null>((found, name) => found ?? element.attribute(name, parse), null)
  return {
    country: first(['countrycode', 'country']),
    area: first(['areacode', 'area'])
  }
}

/** Null where the document says nothing: then a label in the number may. */
function readPhoneType(element: ElementCursor): PhoneType | null {
  const listed = element.attribute(
    'type',
    (text) => ADF_PHONE_TYPES[text.toLowerCase()] ?? readChoice(text, PHONE_TYPES)
  )
  if (listed) return listed
  return phoneTypeOf(element.key) ?? ((element.glance('type') ?? '') === '' ? null : 'other')
}

function phoneTypeOf(key: string): PhoneType | null {
  return PHONE_ELEMENTS[key] ?? contactColumn(key)?.type ?? null
}

function readPreference(element: ElementCursor): boolean {
  return element.attribute('preferredcontact', oneOf(['0', '1'])) === '1'
}

function preferredFirst<T>(found: { value: T; isPreferred: boolean }[]) {
  const sorted = found.toSorted((a, b) => Number(b.isPreferred) - Number(a.isPreferred))
  return {
    values: sorted.map(({ value }) => value),
    isPreferred: sorted.some(({ isPreferred }) => isPreferred)
  }
}

/** Preferring both is no preference between them. */
function preferredChannel(email: boolean, phone: boolean): ContactChannel | null {
  if (email === phone) return null
  return email ? 'email' : 'phone'
}

function readAddress(element: ElementCursor | null): PostalAddress | null {
  if (!element) return null
  const address: PostalAddress = {
    street: readStreet(element),
    apartment: element.childText(['apartment']),
    city: element.childText(['city', 'town']),
    region: element.childText(['regioncode', 'region', 'state', 'province']),
    postalCode: element.childText(['postalcode', 'postcode', 'zipcode', 'zip']),
    country: element.childText(['country'], readCountry),
    type: null
  }
  if (isEmptyRecord(address)) return null
  return { ...address, type: element.attribute('type', (text) => readChoice(text, ADDRESS_TYPES)) }
}

function readStreet(address: ElementCursor): string[] {
  const lines = address.all('street', 'streetaddress', 'addressline').flatMap((element, index) => {
    const line = element.attribute('line', (text) => (/^\d{1,3}$/.test(text) ? text : null))
    const street = element.text()
    return street === null ? [] : [{ street, line: line === null ? index + 1 : Number(line) }]
  })
  return lines.toSorted((a, b) => a.line - b.line).map(({ street }) => street)
}
