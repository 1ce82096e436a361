import type { Dealer } from '../dealers/dealer.ts'
import { displayName } from '../leads/contact.ts'
import type { Contact, LeadContent, Money, Odometer, Timeframe, Vehicle } from '../leads/lead.ts'
import type { TemplateFacts, VehicleFacts } from './template-variables.ts'

/** What the facts of a mail are made from. */
export interface TemplateMatter {
  dealer: Pick<Dealer, 'name' | 'email' | 'phone' | 'url' | 'address'>
  lead: { id: string; content: LeadContent; sourceName: string; receivedAt: Date }
  assigneeName: string | null
  unsubscribeUrl: string
}

/** How values are written: for one language and one dealer's habits. */
export interface FactWriting {
  /** Makes what a stranger typed harmless, on one line. */
  line: (text: string) => string
  /** The same with its line breaks, as `\n`. */
  lines: (text: string) => string
  money: (money: Money) => string
  odometer: (odometer: Odometer) => string
  instant: (at: Date) => string
}

/** Long enough for anything real; nobody fills a mail with a name. */
const LINE_LIMIT = 300
const MESSAGE_LIMIT = 5_000

/**
 * The facts of a mail: plain objects of its own, never our records. What strangers typed is inert,
 * bounded and, but for the message, on one line.
 */
export function templateFacts(
  { dealer, lead, assigneeName, unsubscribeUrl }: TemplateMatter,
  writing: FactWriting
): TemplateFacts {
  const { content } = lead
  const line = (text: string | null) => lineOf(text, writing)
  const vehicles = content.vehicles.map((vehicle) => vehicleFacts(vehicle, writing))
  const wanted = content.vehicles.findIndex(({ interest }) => !OFFERED.includes(interest))
  return {
    dealer: {
      name: line(dealer.name) ?? '',
      email: line(dealer.email),
      phone: line(dealer.phone),
      // The dealer's own, and checked when it was set: it is to open.
      url: isWebAddress(dealer.url) ? dealer.url : null,
      address: line(joinAddress(dealer.address))
    },
    lead: {
      id: lead.id,
      type: content.type,
      source: line(lead.sourceName) ?? '',
      message: messageOf(content.message, writing),
      receivedAt: writing.instant(lead.receivedAt),
      timeframe: line(timeframeOf(content.timeframe))
    },
    person: personFacts(content.contact, line),
    vehicle: vehicles[wanted] ?? null,
    vehicles,
    assignee: assigneeName === null ? null : { name: line(assigneeName) ?? '' },
    unsubscribe: { url: unsubscribeUrl }
  }
}

/** What a person gives rather than wants. */
const OFFERED: readonly Vehicle['interest'][] = ['trade-in', 'sell']

function personFacts(
  contact: Contact,
  line: (text: string | null) => string | null
): TemplateFacts['person'] {
  return {
    name: line(displayName(contact)),
    firstName: line(contact.firstName),
    lastName: line(contact.lastName),
    companyName: line(contact.companyName),
    email: line(contact.emails[0]?.address ?? null),
    phone: line(contact.phones[0]?.number ?? null)
  }
}

function vehicleFacts(vehicle: Vehicle, writing: FactWriting): VehicleFacts {
  const { make, model, trim, vin, stockNumber, price, odometer } = vehicle
  const line = (text: string | null) => lineOf(text, writing)
  const year = vehicle.year === null ? null : String(vehicle.year)
  const name = [year, make, model, trim].filter((part) => part !== null).join(' ')
  return {
    name: line(name),
    interest: vehicle.interest,
    condition: vehicle.condition,
    year,
    make: line(make),
    model: line(model),
    trim: line(trim),
    vin: line(vin),
    stockNumber: line(stockNumber),
    price: price && line(writing.money(price)),
    odometer: odometer && line(writing.odometer(odometer))
  }
}

/** One harmless line, or null: there is nothing on it. */
function lineOf(text: string | null, { line }: FactWriting): string | null {
  const harmless = text === null ? '' : line(text)
  return harmless === '' ? null : cut(harmless, LINE_LIMIT)
}

function messageOf(message: string | null, { lines }: FactWriting): string | null {
  const harmless = message === null ? '' : cut(lines(message), MESSAGE_LIMIT)
  return harmless === '' ? null : harmless.replaceAll('\n', '\n    ')
}

function timeframeOf(timeframe: Timeframe | null): string | null {
  if (!timeframe) return null
  const { description, earliest, latest } = timeframe
  return description ?? [earliest, latest].filter((part) => part !== null).join(' – ')
}

function joinAddress(address: Dealer['address']): string | null {
  if (!address) return null
  const { street, apartment, postalCode, city, region } = address
  const town = [postalCode, city].filter((part) => part !== null).join(' ')
  return [...street, apartment, town, region]
    .filter((part) => part !== null && part !== '')
    .join(', ')
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\/[^\s<>"']+$/i.test(url)
}

/** By code points, so that no character is cut in two. */
function cut(text: string, limit: number): string {
  const start = Array.from(text.slice(0, limit * 2 + 2))
  return start.length > limit ? `${start.slice(0, limit - 1).join('')}…` : text
}
