import type { Contact, ContactChannel, LeadContent, UnmappedValue } from '../lead.ts'
import { CONTACT_CHANNELS, CONTACT_TIMES } from '../lead.ts'
import { oneOf } from './amounts.ts'
import { parseDayOrTimestamp, parseTimestamp } from './dates.ts'
import { ElementCursor, localName } from './element-cursor.ts'
import { NOTE_LABELS } from './note-labels.ts'
import type { Note } from './notes.ts'
import { splitNotes } from './notes.ts'
import type { ContactReading } from './read-contact.ts'
import { readContact } from './read-contact.ts'
import { readParty, readReferences } from './read-party.ts'
import { readComments, readVehicle } from './read-vehicle.ts'
import type { XmlElement } from './xml.ts'

/** One lead of a document. */
export interface AdfProspect {
  content: LeadContent
  /** The sender says it sent this lead before (ADF `prospect@status`). */
  resend: boolean
}

export interface ProspectReading extends ContactReading {
  /** ISO 4217: the currency of amounts that name none. */
  defaultCurrency: string
}

/**
 * Reads every prospect of an ADF document, as senders really write it: names in any case and with
 * any prefix, siblings in any order.
 *
 * Nothing is lost. What has no member of its own, or could not be understood, is in `unmapped`
 * with the path where it stood; what stands outside all prospects goes to the first of them.
 * Namespace declarations and comments are no content.
 */
export function readProspects(root: XmlElement, reading: ProspectReading): AdfProspect[] {
  const prospects = root.children.filter((child) => isProspect(child))
  const others = root.children.filter((child) => !isProspect(child))
  const outside = new ElementCursor({ ...root, children: others }, 'adf', true).leftovers()
  return prospects.map((prospect, index) =>
    readProspect(new ElementCursor(prospect, 'prospect', true), reading, index === 0 ? outside : [])
  )
}

function readProspect(
  prospect: ElementCursor,
  reading: ProspectReading,
  outside: UnmappedValue[]
): AdfProspect {
  const status = prospect.attribute('status', oneOf(['new', 'resend']))
  const own = readReferences(prospect)
  const customer = readCustomer(prospect, reading)
  const first = own[0]
  const content: LeadContent = {
    type: 'inquiry',
    externalId: first ? [first.source, first.id].filter((part) => part !== null).join(':') : null,
    submittedAt: prospect.childText(['requestdate'], parseTimestamp),
    contact: customer.contact,
    message: customer.message,
    vehicles: prospect
      .all('vehicle')
      .flatMap((vehicle) => readVehicle(vehicle, reading.defaultCurrency) ?? []),
    timeframe: customer.timeframe,
    prequalification: null,
    consents: [],
    attribution: {},
    customFields: {},
    references: [...own, ...customer.references],
    vendor: readParty(prospect.child('vendor'), reading),
    provider: readParty(prospect.child('provider'), reading),
    unmapped: [],
    isTest: false
  }
  const unmapped = [...outside, ...prospect.leftovers(), ...customer.unmapped]
  return { content: { ...content, unmapped }, resend: status === 'resend' }
}

function isProspect(child: XmlElement | string): child is XmlElement {
  return typeof child !== 'string' && localName(child.name) === 'prospect'
}

type Customer = Pick<LeadContent, 'contact' | 'message' | 'timeframe' | 'references' | 'unmapped'>

function readCustomer(prospect: ElementCursor, reading: ProspectReading): Customer {
  const element = prospect.child('customer')
  const first = element?.child('contact') ?? null
  const places = [prospect, element, first].filter((place) => place !== null)
  const comments = places
    .flatMap((place) => readComments(place) ?? [])
    .map((text) => splitNotes(text))
  const messages = comments.flatMap(({ message }) => message ?? [])

  const read: Customer = {
    contact: readContact(first, reading),
    message: messages.length === 0 ? null : messages.join('\n\n'),
    timeframe: readTimeframe(element?.child('timeframe') ?? null),
    references: element ? readReferences(element) : [],
    unmapped: []
  }
  return comments
    .flatMap(({ notes }) => notes)
    .reduce((customer, note) => restoreNote(customer, note, reading), read)
}

function readTimeframe(element: ElementCursor | null): LeadContent['timeframe'] {
  if (!element) return null
  const description = element.childText(['description']) ?? element.text()
  const earliest = element.childText(['earliestdate'], parseDayOrTimestamp)
  const latest = element.childText(['latestdate'], parseDayOrTimestamp)
  const isEmpty = description === null && earliest === null && latest === null
  return isEmpty ? null : { description, earliest, latest }
}

/** Puts a line of our own comments back where it came from, so that passing a lead on loses nothing. */
function restoreNote(customer: Customer, note: Note, reading: ContactReading): Customer {
  const { contact, timeframe } = customer
  const withContact = (part: Partial<Contact>) => ({
    ...customer,
    contact: { ...contact, ...part }
  })
  const time = oneOf(CONTACT_TIMES)(note.text)
  const channel: ContactChannel | null = oneOf(CONTACT_CHANNELS)(note.text)

  switch (note.label) {
    case NOTE_LABELS.companyName:
      if (contact.companyName === null) return withContact({ companyName: note.text })
      break
    case NOTE_LABELS.nameSuffix:
      if (contact.nameSuffix === null) return withContact({ nameSuffix: note.text })
      break
    case NOTE_LABELS.language:
      if (contact.language === null) return withContact({ language: note.text })
      break
    case NOTE_LABELS.email:
      return withContact({ emails: [...contact.emails, reading.readEmail(note.text)] })
    case NOTE_LABELS.preferredChannel:
      if (channel && contact.preferredChannel === null) {
        return withContact({ preferredChannel: channel })
      }
      break
    case NOTE_LABELS.preferredTime:
      if (time && contact.preferredTime === null) return withContact({ preferredTime: time })
      break
    case NOTE_LABELS.timeframe:
      if (timeframe === null) {
        return {
          ...customer,
          timeframe: { description: note.text, earliest: null, latest: null }
        }
      }
      break
  }
  return { ...customer, unmapped: [...customer.unmapped, { path: note.label, text: note.text }] }
}
