import { parseDayOrTime } from '../clock/day-or-time.ts'
import { joinTime } from '../clock/time-of-day.ts'
import { readInstant } from '../clock/written-instant.ts'
import type { TimeReading } from '../clock/written-instant.ts'
import { orderInCountry } from '../clock/written-time.ts'
import { readGivenContact } from '../contacts/given-contact.ts'
import { splitVehicles } from '../leads/vehicle-text.ts'
import { reachedByText } from '../contacts/reached-by-text.ts'
import type { ContactReading, GivenContact } from '../contacts/given-contact.ts'
import { isAbsentValue } from '../text/absent-values.ts'
import { EMPTY_LEAD } from '../leads/empty-lead.ts'
import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import { plainProse } from '../leads/plain-prose.ts'
import type { ExternalReference } from '../leads/values.ts'
import { oneOf } from './amounts.ts'
import { ElementCursor } from './element-cursor.ts'
import { readConsents } from './read-consents.ts'
import { findContacts } from './found-contacts.ts'
import type { FoundContacts } from './found-contacts.ts'
import { splitNotes } from './notes.ts'
import { readAdfContact } from './read-contact.ts'
import { readParty, readReferences } from './read-party.ts'
import { readComments } from './read-vehicle.ts'
import type { VehicleReading } from './read-vehicle.ts'
import { readVehicles } from './read-vehicles.ts'
import { restoreNotes } from './restore-notes.ts'
import { OUR_SOURCE } from './write-prospect.ts'
import type { XmlElement } from './xml.ts'

/** An external id is part of an index entry, which has a limit. In characters. */
const MAX_EXTERNAL_ID = 500

export interface ProspectReading extends ContactReading, VehicleReading {
  times: TimeReading
}

/** The prospects of a document, and what stands outside them in an element of its own. */
export interface Prospects {
  prospects: readonly XmlElement[]
  outside: XmlElement
}

/**
 * Reads every prospect of an ADF document, as senders really write it: names in any case and with
 * any prefix, siblings in any order.
 *
 * Nothing is lost. What has no member of its own, or could not be understood, is in `unmapped`
 * with the path where it stood; what stands outside all prospects goes to the first of them.
 * Namespace declarations and comments are no content.
 */
export function readProspects(document: Prospects, reading: ProspectReading): LeadContent[] {
  const { name } = document.outside
  const outside = new ElementCursor(document.outside, name, true).leftovers()
  return document.prospects.map((prospect, index) =>
    readProspect(new ElementCursor(prospect, 'prospect', true), reading, index === 0 ? outside : [])
  )
}

/** When the lead was sent; its time of day may stand in an element of its own. */
function readSent(prospect: ElementCursor, times: TimeReading): string | null {
  let text = ''
  const sent = prospect.childText(['requestdate', 'requestdatetime'], (given) => {
    text = given
    return readInstant(given, times)
  })
  const time = prospect.childText(['requesttime'], (given) => {
    if (sent === null) return readInstant(given, times)
    const joined = joinTime(text, given, orderInCountry(text, times.country))
    return joined === null ? null : readInstant(joined, times)
  })
  return time ?? sent
}

function readProspect(
  prospect: ElementCursor,
  reading: ProspectReading,
  outside: UnmappedValue[]
): LeadContent {
  // Whether the sender sent it before is decided by its id and its person, not by its word.
  prospect.attribute('status', oneOf(['new', 'resend']))
  const { references: own, unmapped: longIds } = readIds(prospect)
  const element = prospect.child('customer')
  const customer = readCustomer(prospect, element, reading)
  const first = own[0]
  const content: LeadContent = {
    ...EMPTY_LEAD,
    externalId: first ? keyOf(first) : null,
    submittedAt: readSent(prospect, reading.times),
    contact: customer.contact,
    message: customer.message,
    vehicles: readVehicles(element ? [prospect, element] : [prospect], reading),
    timeframe: customer.timeframe,
    references: distinct([...own, ...customer.references]),
    vendor: readParty(prospect.child('vendor'), reading),
    provider: readParty(prospect.child('provider'), reading)
  }
  const { consents, unmapped: refused } = readConsents(prospect)
  const left = [...outside, ...prospect.leftovers(), ...longIds, ...customer.unmapped]
  const whole = { ...content, consents, unmapped: [...left, ...refused] }
  // What this service wrote is the text as it was stored.
  const isOurs = own.some(({ source }) => source === OUR_SOURCE)
  return reachedByText(isOurs ? whole : plain(whole), reading, pathOfText)
}

/** The content with plain prose, and with make, model and year of its vehicles apart. */
function plain(content: LeadContent): LeadContent {
  const { vehicles, repairs } = splitVehicles(content.vehicles, (index, member) =>
    pathOfText(['vehicles', index, member])
  )
  const unmapped = [...content.unmapped, ...repairs]
  return plainProse({ ...content, vehicles, unmapped }, pathOfText)
}

/** The ids of a prospect. One that is too long identifies nothing, and is unmapped. */
function readIds(prospect: ElementCursor): Pick<LeadContent, 'references' | 'unmapped'> {
  const all = readReferences(prospect)
  const isShort = (reference: ExternalReference) => keyOf(reference).length <= MAX_EXTERNAL_ID
  const long = all.filter((reference) => !isShort(reference))
  return {
    references: all.filter(isShort),
    unmapped: long.map((reference) => ({
      path: `${prospect.path}/id`,
      text: keyOf(reference),
      code: 'overlong_id'
    }))
  }
}

/** Each once: some senders give the id of a prospect to its customer too. */
function distinct(references: readonly ExternalReference[]): ExternalReference[] {
  const isSame = (one: ExternalReference, other: ExternalReference) =>
    one.id === other.id && one.source === other.source
  return references.filter((one, at) => references.findIndex((other) => isSame(one, other)) === at)
}

/** An id as `source:id`, which is the external id of a lead. */
function keyOf({ source, id }: ExternalReference): string {
  return source === null ? id : `${source}:${id}`
}

type Customer = Pick<LeadContent, 'contact' | 'message' | 'timeframe' | 'references' | 'unmapped'>

/** Some senders leave out `contact` around the person, or `customer` around that. */
function readCustomer(
  prospect: ElementCursor,
  element: ElementCursor | null,
  reading: ProspectReading
): Customer {
  const contact = (element ?? prospect).child('contact')
  const places = [prospect, element, contact].filter((place) => place !== null)
  const comments = places
    .flatMap((place) => readComments(place) ?? [])
    .map((text) => splitNotes(text))
  const messages = comments.flatMap(({ message }) =>
    message === null || isAbsentValue(message) ? [] : [message]
  )

  const timeframe = readTimeframe(element?.child('timeframe') ?? null, reading.times)
  const references = element ? readReferences(element) : []
  const known = readAdfContact(contact ?? element)
  const more = findMore(known, { contact, element, prospect }, reading)
  const read = {
    contact: {
      ...known,
      emails: [...known.emails, ...more.emails],
      phones: [...known.phones, ...more.phones]
    },
    message: messages.length === 0 ? null : messages.join('\n\n'),
    timeframe,
    references
  }
  const notes = comments.flatMap((part) => part.notes)
  const restored = restoreNotes(read, notes)
  const { contact: person, repairs } = readGivenContact(restored.contact, reading)
  const unmapped = [...restored.unmapped, ...more.found, ...repairs]
  return { ...read, ...restored, contact: person, unmapped }
}

/** Where a document has the texts of a lead. */
function pathOfText([part, ...others]: readonly (string | number)[]): string {
  if (part === 'message') return 'prospect/customer/comments'
  const [at, member] = others
  return part === 'vehicles'
    ? `prospect/vehicle[${Number(at) + 1}]/${member ?? ''}`
    : `prospect/customer/${[part, ...others].join('/')}`
}

/** Contacts of the person in unknown elements; beside the customer only where there are none in it. */
function findMore(
  { emails, phones }: GivenContact,
  {
    contact,
    element,
    prospect
  }: Record<'contact' | 'element', ElementCursor | null> & { prospect: ElementCursor },
  reading: ProspectReading
): FoundContacts {
  const isSilent = emails.length + phones.length === 0
  // A second contact of the customer is another person.
  const inner = [...(contact?.untaken() ?? []), ...(element?.untaken('contact') ?? [])]
  const found = findContacts(inner, reading, isSilent)
  const isFound = !isSilent || found.emails.length + found.phones.length > 0
  return isFound ? found : findContacts(prospect.untaken(), reading, true)
}

function readTimeframe(
  element: ElementCursor | null,
  times: TimeReading
): LeadContent['timeframe'] {
  if (!element) return null
  const readDate = (text: string) => parseDayOrTime(text, times)
  const description = element.childText(['description']) ?? element.text()
  const earliest = element.childText(['earliestdate'], readDate)
  const latest = element.childText(['latestdate'], readDate)
  const isEmpty = description === null && earliest === null && latest === null
  return isEmpty ? null : { description, earliest, latest }
}
