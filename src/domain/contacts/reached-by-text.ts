import { contactKeys } from '../leads/contact.ts'
import type { Contact, LeadContent, PhoneNumber, PhoneType, UnmappedValue } from '../leads/lead.ts'
import { unquotedText } from '../text/quoted-text.ts'
import { reachedByFields } from './alone-points.ts'
import { findPoints } from './found-points.ts'
import type { FoundPoints } from './found-points.ts'
import type { ContactReading } from './given-contact.ts'
import { holdsNoPoint, isOfFax, isOtherParty } from './point-names.ts'

type Searched = Pick<
  LeadContent,
  'contact' | 'message' | 'vehicles' | 'timeframe' | 'customFields' | 'unmapped'
>

/** The place of a text of a lead as its sender knows it, by the names of members: `['vehicles', 0, 'comments']`. */
export type TextPath = (parts: readonly (string | number)[]) => string

/**
 * A lead whose contact has no e-mail and phone that can be used, with those that its message, its other
 * free texts or its unknown fields hold: people write `call me at 601 234 567`, and `see message` in the
 * field. Each is told by the place where it was found. What is the whole value of an unknown field counts for either
 * kind that the contact has none of.
 */
export function reachedByText<T extends Searched>(
  content: T,
  reading: ContactReading,
  pathOf: TextPath
): T {
  return reachedByFields(reachedByProse(content, reading, pathOf), reading)
}

function reachedByProse<T extends Searched>(
  content: T,
  reading: ContactReading,
  pathOf: TextPath
): T {
  const { contact, unmapped } = content
  const wanted = wantedOf(contact)
  if (!wanted.emails && !wanted.phones) return content
  for (const { path, text, type } of textsOf(content, pathOf)) {
    const found = findPoints(unquotedText(text), { ...reading, countries: [reading.country] })
    const emails = wanted.emails ? found.emails : []
    const phones = wanted.phones ? found.phones.map((phone) => ofType(phone, type)) : []
    if (emails.length + phones.length === 0) continue
    const told = [...emails, ...phones].map(({ raw }): UnmappedValue => ({
      path,
      text: raw,
      code: 'found_in_text'
    }))
    const reached = { ...contact, ...withFound(contact, { emails, phones }) }
    return { ...content, contact: reached, unmapped: [...unmapped, ...told] }
  }
  return content
}

/** Whether the contact has any text for an e-mail or phone, valid or not. */
export function hasPoints({ contact: { emails, phones } }: Pick<LeadContent, 'contact'>): boolean {
  return emails.length + phones.length > 0
}

/** Whether the texts of a lead were searched, and something was found that may be another's. */
export function isFoundInText({ unmapped }: Pick<LeadContent, 'unmapped'>): boolean {
  return unmapped.some(({ code }) => code === 'found_in_text' || code === 'unreadable_document')
}

/** All, where nothing of the contact leads to a person; otherwise what its own field has only other texts for. */
function wantedOf({ emails, phones }: Contact): { emails: boolean; phones: boolean } {
  const hasEmail = isKnown({ emails, phones: [] })
  const hasPhone = isKnown({ emails: [], phones })
  const isNone = !hasEmail && !hasPhone
  return {
    emails: isNone || (!hasEmail && emails.length > 0),
    phones: isNone || (!hasPhone && phones.length > 0)
  }
}

function isKnown(points: Pick<Contact, 'emails' | 'phones'>): boolean {
  return contactKeys(points).length > 0
}

/** What was found is first. Words such as `see message` are told already, and no address or number. */
function withFound(
  { emails, phones }: Pick<Contact, 'emails' | 'phones'>,
  found: FoundPoints
): Pick<Contact, 'emails' | 'phones'> {
  const isAddress = ({ address }: { address: string }) => address.includes('@')
  const isNumber = ({ number }: { number: string }) => /\p{Nd}/u.test(number)
  return {
    emails: found.emails.length === 0 ? emails : [...found.emails, ...emails.filter(isAddress)],
    phones: found.phones.length === 0 ? phones : [...found.phones, ...phones.filter(isNumber)]
  }
}

/** What a label beside the number says comes before what its field is for. */
function ofType(phone: PhoneNumber, type: PhoneType): PhoneNumber {
  return phone.type === 'voice' ? { ...phone, type } : phone
}

interface SearchedText {
  path: string
  text: string
  /** The type of a number in it. */
  type: PhoneType
}

/** So many are searched: each takes time. */
const MAX_TEXTS = 60

/** The texts in which a person may have put an e-mail or phone, the likeliest first. */
function textsOf(content: Searched, pathOf: TextPath): SearchedText[] {
  const { message, vehicles, timeframe, customFields, unmapped } = content
  const own: [(string | number)[], unknown][] = [
    [['message'], message],
    ...vehicles.map((vehicle, at): [(string | number)[], unknown] => [
      ['vehicles', at, 'comments'],
      vehicle.comments
    ]),
    [['timeframe', 'description'], timeframe?.description],
    ...Object.entries(customFields).map(([key, value]): [string[], unknown] => [
      ['customFields', key],
      value
    ])
  ]
  const known = own.flatMap(([parts, text]) =>
    typeof text === 'string' ? [{ path: pathOf(parts), text, type: 'voice' as const }] : []
  )
  const unknown = unmapped.flatMap(({ path, text, code }) =>
    (code === undefined || code === 'unknown_member' || code === 'shortened_text') &&
    (isOfFax(path) || !holdsNoPoint(path)) &&
    !path.split('/').some((part) => isOtherParty(part) === 'other')
      ? [{ path, text, type: isOfFax(path) ? ('fax' as const) : ('voice' as const) }]
      : []
  )
  const faxes = unknown.filter(({ type }) => type === 'fax')
  return [...known, ...unknown.filter((one) => !faxes.includes(one)), ...faxes].slice(0, MAX_TEXTS)
}
