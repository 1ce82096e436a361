import type { Dealer } from '../dealers/dealer.ts'
import { EMPTY_CONTACT } from '../leads/empty-lead.ts'
import type { LeadContent, Party } from '../leads/lead.ts'
import type { ExternalReference } from '../leads/values.ts'
import { formatRequestDate } from './dates.ts'
import { leadNotes, referralNotes } from './lead-notes.ts'
import { joinNotes } from './notes.ts'
import { writeContact } from './write-contact.ts'
import { writeReference, writeUnknownVehicle, writeVehicle } from './write-vehicle.ts'
import type { XmlElement } from './xml.ts'
import { optionalElement, parentElement, presentText, textElement } from './xml.ts'

/** The `id@source` of our ids in ADF. */
export const OUR_SOURCE = 'Leadyard'

/** A lead on its way to a receiver of ADF. */
export interface AdfLead {
  id: string
  receivedAt: Date
  sourceName: string
  sourceKey: string
  /** The promoter who earned the lead, by name. */
  promoterName: string | null
  referralCode: string | null
  content: LeadContent
  dealer: Dealer
}

export interface ProspectWriting {
  /** Whether the document may contain income, housing and the like. */
  includePrequalification?: boolean
}

/**
 * Writes a lead as an ADF `prospect` in the strictest form receivers know: elements in the DTD's
 * order, every required one present, and nothing outside the format. What ADF has no element for
 * stands in the customer's comments, one `Label: value` line each, after the person's own words.
 *
 * Its status is always `new`: `resend` would say that this very lead was sent before, and a repeat by the
 * same person is a lead of its own, which a CRM that drops resends would lose.
 */
export function writeProspect(
  lead: AdfLead,
  { includePrequalification = false }: ProspectWriting = {}
): XmlElement {
  const { content, receivedAt } = lead
  const vehicles = content.vehicles.map(writeVehicle)
  return parentElement(
    'prospect',
    [
      ...writeReferences(lead),
      textElement('requestdate', formatRequestDate(content.submittedAt, receivedAt)),
      ...(vehicles.length > 0 ? vehicles : [writeUnknownVehicle()]),
      writeCustomer(lead, includePrequalification),
      writeVendor(content.vendor, lead.dealer),
      writeProvider(content.provider, lead)
    ],
    { status: 'new' }
  )
}

/** Ids of earlier systems first, ours last, numbered in the order the lead passed through them. */
function writeReferences({ id, sourceName, content }: AdfLead): XmlElement[] {
  const { externalId, references } = content
  const known = references.map((reference) =>
    reference.source === null ? reference.id : `${reference.source}:${reference.id}`
  )
  const isListed = externalId === null || known.includes(externalId)
  const external = isListed ? [] : [{ id: externalId, source: sourceName, sequence: null }]
  const earlier = [...external, ...references].filter(
    (reference) => presentText(reference.id) !== null && reference.source !== OUR_SOURCE
  )
  const ours = references.filter(({ id: own, source }) => source === OUR_SOURCE && own !== id)

  let last = 0
  return [...earlier, ...ours, { id, source: OUR_SOURCE, sequence: null }].flatMap((reference) => {
    last = nextSequence(reference, last)
    return writeReference({ ...reference, sequence: String(last) })
  })
}

function nextSequence({ sequence }: ExternalReference, last: number): number {
  const given = /^\d{1,6}$/.test(sequence ?? '') ? Number(sequence) : 0
  return given > last ? given : last + 1
}

function writeCustomer(lead: AdfLead, includePrequalification: boolean): XmlElement {
  const { content } = lead
  const notes = [...referralNotes(lead), ...leadNotes(content, includePrequalification)]
  return parentElement('customer', [
    writeContact(content.contact, { name: null, email: null, phone: null }),
    ...writeTimeframe(content.timeframe),
    ...optionalElement('comments', joinNotes(presentText(content.message), notes))
  ])
}

/** Without a date the format has no place for a timeframe; the comments then hold its words. */
function writeTimeframe(timeframe: LeadContent['timeframe']): XmlElement[] {
  if (!timeframe) return []
  const dates = [
    ...optionalElement('earliestdate', timeframe.earliest),
    ...optionalElement('latestdate', timeframe.latest)
  ]
  if (dates.length === 0) return []
  return [
    parentElement('timeframe', [...optionalElement('description', timeframe.description), ...dates])
  ]
}

/** The business the document named, else the dealer; reached as it said, else as the dealer says. */
function writeVendor(vendor: Party | null, dealer: Dealer): XmlElement {
  const name = presentText(vendor?.name) ?? dealer.name
  const contact = vendor?.contact ?? { ...EMPTY_CONTACT, address: vendor ? null : dealer.address }
  return parentElement('vendor', [
    ...(vendor?.references ?? []).flatMap(writeReference),
    textElement('vendorname', name),
    ...optionalElement('url', vendor ? vendor.url : dealer.url),
    writeContact(contact, {
      name,
      email: presentText(vendor?.email) ?? dealer.email,
      phone: presentText(vendor?.phone) ?? dealer.phone
    })
  ])
}

function writeProvider(provider: Party | null, { sourceName, sourceKey }: AdfLead): XmlElement {
  const type = { part: 'full', type: 'business' }
  if (!provider) {
    return parentElement('provider', [
      textElement('name', sourceName, type),
      ...optionalElement('service', sourceKey)
    ])
  }
  const name = presentText(provider.name) ?? sourceName
  const fallback = { name, email: provider.email, phone: provider.phone }
  return parentElement('provider', [
    ...provider.references.flatMap(writeReference),
    textElement('name', name, type),
    ...optionalElement('service', provider.service),
    ...optionalElement('url', provider.url),
    ...optionalElement('email', provider.email),
    ...optionalElement('phone', provider.phone),
    ...(provider.contact ? [writeContact(provider.contact, fallback)] : [])
  ])
}
