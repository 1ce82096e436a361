import { MAX_OTHER_POINTS, isReachable } from '../leads/contact.ts'
import { EMPTY_ADDRESS, EMPTY_CONTACT } from '../leads/empty-lead.ts'
import { knownTexts } from '../leads/known-texts.ts'
import type {
  Contact,
  EmailAddress,
  PhoneNumber,
  PostalAddress,
  UnmappedValue
} from '../leads/lead.ts'
import { countriesOf } from './countries-of.ts'
import type { GivenPhone, GivenPoint } from './given-points.ts'
import type { PointParsing } from './point-parsing.ts'
import { findPoints } from './found-points.ts'
import { readEmailField } from './read-emails.ts'
import { splitPlace } from './split-city.ts'
import { linkedNumber } from './phone-text.ts'
import { readEmailPoints, readPhonePoints } from './read-fields.ts'
import type { FieldPoints, FieldReading } from './read-fields.ts'
import { cleanText, trimCharacters } from '../text/clean-text.ts'
import { withoutDecimals } from '../text/whole-code.ts'
import { withoutReferences } from '../text/html-references.ts'
import { NAME_PARTS, readWords } from './read-names.ts'
import type { GivenWords } from './read-names.ts'

export type GivenAddress = Partial<PostalAddress>

/** A person as given in any form: JSON, a document, a row of a list. */
export interface GivenContact extends GivenWords {
  /** The place of the person, before the names of members: `/contact`. */
  path: string
  /** In their order: the main one first. */
  emails: readonly GivenPoint[]
  phones: readonly GivenPhone[]
  address?: GivenAddress | null | undefined
}

const NO_ADDRESS = { address: null, repairs: [] }

/** How people are read at a dealer. */
export interface ContactReading extends PointParsing {
  /** ISO 3166-1 alpha-2: where numbers without a prefix are dialled. */
  country: string
}

/**
 * The contact that a sender means, and the repairs that it took, each with its text as given. Every way
 * in reads people here, so that the same texts are the same person.
 */
export function readGivenContact(
  given: GivenContact,
  reading: ContactReading
): { contact: Contact; repairs: UnmappedValue[] } {
  const { path, emails: _emails, phones: _phones, address: givenAddress, ...words } = given
  const known = readWords(words, path)
  const { address, repairs } = givenAddress
    ? readGivenAddress(givenAddress, `${path}/address`)
    : NO_ADDRESS
  const countries = countriesOf(reading.country, address?.country, known.members.language)
  const points = readPoints(given, { ...reading, countries })
  const isSilent = points.emails.length + points.phones.length === 0
  const isUnreached = !isReachable(points)
  const named = pointsInNames(known.members, {
    path,
    isSilent,
    isUnreached,
    ...reading,
    countries
  })
  const swapped = swappedName(points, named)
  const emails = withMore(swapped.emails, named.emails, keyOfEmail)
  const phones = withMore(swapped.phones, named.phones, keyOfPhone)
  const names = { ...named.names, ...swapped.names }
  return {
    contact: { ...EMPTY_CONTACT, ...known.members, ...names, emails, phones, address },
    repairs: [...known.repairs, ...repairs, ...points.repairs, ...named.repairs]
  }
}

/** The points with those that are not among them yet. */
function withMore<Point>(
  points: readonly Point[],
  more: readonly Point[],
  keyOf: (point: Point) => string
): Point[] {
  const known = new Set(points.map(keyOf))
  return [...points, ...more.filter((point) => !known.has(keyOf(point)))].slice(0, MAX_POINTS)
}

/**
 * E-mail addresses and phones that were typed in place of a name or beside it. The name keeps what else it
 * says. A company may be called by a number: there they count where the contact has none elsewhere (`isSilent`).
 * Digits that can't be read count where nothing else reaches the person (`isUnreached`).
 */
function pointsInNames(
  words: GivenWords,
  {
    path,
    isSilent,
    isUnreached,
    ...reading
  }: FieldReading & { path: string; isSilent: boolean; isUnreached: boolean }
): Points & { names: GivenWords } {
  const names: GivenWords = {}
  const points: Points = { emails: [], phones: [], repairs: [] }
  for (const part of [...NAME_PARTS, ...(isSilent ? (['companyName'] as const) : [])]) {
    const text = words[part] ?? ''
    // Most names have neither sign.
    if (!/[@\p{Nd}]/u.test(text)) continue
    const unread = isUnreached ? (part === 'companyName' ? 'called' : 'any') : 'none'
    const { emails, phones } = findPoints(text, reading, unread)
    if (emails.length + phones.length === 0) continue
    const { unsure } = readEmailField(text, reading.parseEmail)
    if (unsure.length > 0) {
      if (!isSilent) continue
      points.emails.push(...unsure.map((raw) => ({ address: raw, raw, valid: false })))
      points.repairs.push({ path: `${path}/${part}`, text, code: 'moved_to_email' })
      continue
    }
    points.emails.push(...emails)
    points.phones.push(...phones)
    const code = emails.length > 0 ? 'moved_to_email' : 'moved_to_phone'
    points.repairs.push({ path: `${path}/${part}`, text, code })
    names[part] = nameBeside(text, [...emails, ...phones])
  }
  return { ...points, names }
}

/**
 * The points without words that stand where the field of a name has the point, and that name: people fill in
 * `0171 2345672` for the name and `Max Meier` for the phone. The words are among the repairs already.
 */
function swappedName(
  { emails, phones }: Points,
  named: Points & { names: GivenWords }
): Pick<Points, 'emails' | 'phones'> & { names: GivenWords } {
  const isOfWords = ({ raw, valid }: { raw: string; valid: boolean }) =>
    !valid && /\p{L}{2}/u.test(raw) && !/[@\p{Nd}]/u.test(raw)
  const words = [
    ...(named.emails.length > 0 ? emails.filter(isOfWords) : []),
    ...(named.phones.length > 0 ? phones.filter(isOfWords) : [])
  ].map(({ raw }) => raw)
  const isLeft = ({ raw }: { raw: string }) => !words.includes(raw)
  const emptied = NAME_PARTS.find((part) => named.names[part] === null)
  const [name] = words
  const names = name === undefined || emptied === undefined ? {} : { [emptied]: cleanText(name) }
  return { emails: emails.filter(isLeft), phones: phones.filter(isLeft), names }
}

function nameBeside(text: string, points: readonly { raw: string }[]): string | null {
  const rest = points.reduce((left, { raw }) => left.replace(raw, ' '), text)
  const words = rest
    .split(/[^\p{L}\p{M}\p{N}'.-]/u)
    .filter(
      (word) =>
        word !== '' &&
        !/^(?:tel|telefon|tfno|tlf|phone|fon|mob|mobile|cell|kom|handy|nr|e?-?mail|correo)[.-]?$/i.test(
          word
        )
    )
  const name = trimCharacters(words.join(' '), ' .-', ' -')
  return /\p{L}{2}/u.test(name) ? name : null
}

/** An address without blank and absent texts, and those that were absent. */
export function readGivenAddress(
  given: GivenAddress,
  path: string
): { address: PostalAddress; repairs: UnmappedValue[] } {
  const { street = [], ...others } = given
  const { members, repairs } = knownTexts(others, path)
  const postalCode = members.postalCode ? withoutDecimals(members.postalCode) : null
  const { place, repairs: splits } = splitPlace(
    { postalCode, city: members.city ?? null, region: members.region ?? null },
    path
  )
  const lines = street.map((line, index) => knownTexts({ [index]: line }, `${path}/street`))
  return {
    address: {
      ...EMPTY_ADDRESS,
      ...members,
      ...place,
      street: lines.flatMap((line) =>
        Object.values<string | null>(line.members).filter((text) => text !== null)
      )
    },
    repairs: [...repairs, ...splits, ...lines.flatMap((line) => line.repairs)]
  }
}

interface Points {
  emails: EmailAddress[]
  phones: PhoneNumber[]
  repairs: UnmappedValue[]
}

/** All e-mails and phones. What was found in a field of the other kind comes last, unless it is there. */
function readPoints({ path, emails, phones }: GivenContact, reading: FieldReading): Points {
  const ofEmails = emails.map((field) => ({
    field,
    found: readEmailPoints(field, reading)
  }))
  const ofPhones = phones.map((field) => ({ field, found: readInSigns(field, reading) }))
  const all = [...ofEmails, ...ofPhones]
  const points = {
    emails: joined(ofEmails, ofPhones, ({ found }) => found.emails, keyOfEmail),
    phones: joined(ofPhones, ofEmails, ({ found }) => found.phones, keyOfPhone)
  }
  const told = all.flatMap(({ field, found }) =>
    found.codes.map((code) => ({ path: field.path, text: field.text?.trim() ?? '', code }))
  )
  return {
    emails: points.emails.slice(0, MAX_POINTS),
    phones: faxesLast(points.phones, phones[0]?.isPreferred === true).slice(0, MAX_POINTS),
    repairs: [...told, ...surplusOf(points, path)]
  }
}

/** A fax or pager is not the main phone where there is another, unless the person prefers it. */
function faxesLast(phones: readonly PhoneNumber[], isFirstPreferred: boolean): PhoneNumber[] {
  const kept = isFirstPreferred ? phones.slice(0, 1) : []
  const others = phones.slice(kept.length)
  return [...kept, ...others.filter((one) => !isFax(one)), ...others.filter(isFax)]
}

function isFax({ type }: PhoneNumber): boolean {
  return type === 'fax' || type === 'pager'
}

/** The main point, and the others. */
const MAX_POINTS = 1 + MAX_OTHER_POINTS

function surplusOf({ emails, phones }: Omit<Points, 'repairs'>, path: string): UnmappedValue[] {
  const surplus = [...emails.slice(MAX_POINTS), ...phones.slice(MAX_POINTS)]
  return surplus.map(({ raw }) => ({ path, text: raw, code: 'surplus_values' }))
}

interface ReadField {
  field: GivenPoint
  found: FieldPoints
}

/** The numbers of a field, in which a blank may be a reference of HTML, and a number the text of a link. */
function readInSigns(field: GivenPhone, reading: FieldReading): FieldPoints {
  const { text } = field
  const plain = linkedNumber(withoutReferences(text ?? ''))
  if (text === null || text === undefined || plain === text) return readPhonePoints(field, reading)
  const found = readPhonePoints({ ...field, text: plain }, reading)
  if (!found.phones.some(({ valid }) => valid)) return readPhonePoints(field, reading)
  const phones = found.phones.map((phone) =>
    phone.raw === plain.trim() ? { ...phone, raw: text.trim() } : phone
  )
  return { ...found, phones, codes: found.codes.length === 0 ? ['repaired_phone'] : found.codes }
}

function keyOfEmail({ address }: EmailAddress): string {
  return address.toLowerCase()
}

function keyOfPhone({ number }: PhoneNumber): string {
  return number
}

/** Those that are there already are left out: forms ask twice, and send a main one in the list of all too. */
function joined<Point>(
  own: readonly ReadField[],
  other: readonly ReadField[],
  pointsOf: (field: ReadField) => Point[],
  keyOf: (point: Point) => string
): Point[] {
  const seen = new Set<string>()
  const points: Point[] = []
  for (const point of [...own, ...other].flatMap(pointsOf)) {
    if (!seen.has(keyOf(point))) points.push(point)
    seen.add(keyOf(point))
  }
  return points
}
