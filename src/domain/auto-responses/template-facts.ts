import type { Dealer } from '../dealers/dealer.ts'
import { findField } from '../leads/field-catalogue.ts'
import { isMoney, isOdometer } from '../leads/lead-field.ts'
import type { KnownLead } from '../leads/lead-field.ts'
import type { Money } from '../leads/values.ts'
import type { Odometer, Vehicle } from '../leads/vehicle.ts'
import { LEAD_VARIABLES, VEHICLE_VARIABLES } from './template-variables.ts'
import type { TemplateFacts, VariableMembers } from './template-variables.ts'

/** The source of the facts of a mail. */
export interface TemplateContext {
  dealer: Pick<Dealer, 'name' | 'email' | 'phone' | 'url' | 'address'>
  lead: KnownLead
  unsubscribeUrl: string
}

/** How values are written: for one language and one dealer's habits. */
interface FactWriting {
  /** Makes what a stranger typed harmless, on one line. */
  line: (text: string) => string
  /** The same with its line breaks, as `\n`. */
  lines: (text: string) => string
  money: (money: Money) => string
  odometer: (odometer: Odometer) => string
  instant: (at: Date) => string
  /** A day or time as a sender gave it. */
  given: (text: string) => string
}

/** Long enough for real names; it keeps a name from filling a mail. */
const LINE_LIMIT = 300
const PROSE_LIMIT = 5_000

/**
 * The facts of a mail: plain objects of its own, never our records. What strangers typed is inert,
 * bounded and, save for prose such as the message, on one line.
 */
export function templateFacts(
  { dealer, lead, unsubscribeUrl }: TemplateContext,
  writing: FactWriting
): TemplateFacts {
  const line = (text: string | null) => (text === null ? null : lineOf(text, writing))
  const { content } = lead
  const vehicles = content.vehicles.map((vehicle) => {
    const alone = { ...lead, content: { ...content, vehicles: [vehicle] } }
    return factsOf(VEHICLE_VARIABLES, 'vehicle.', alone, writing) ?? {}
  })
  const wanted = content.vehicles.findIndex(({ interest }) => !OFFERED.includes(interest))
  return {
    ...factsOf(LEAD_VARIABLES, '', lead, writing),
    vehicle: vehicles[wanted] ?? null,
    vehicles,
    dealer: {
      name: line(dealer.name),
      email: line(dealer.email),
      phone: line(dealer.phone),
      // The dealer's own, and checked when it was set: it is to open.
      url: isWebAddress(dealer.url) ? dealer.url : null,
      address: line(joinAddress(dealer.address))
    },
    unsubscribe: { url: unsubscribeUrl }
  }
}

/** The interests of vehicles that the person offers. */
const OFFERED: readonly Vehicle['interest'][] = ['trade-in', 'sell']

/** A part's facts by name, or null: the lead says nothing of it. */
function factsOf(
  { members }: VariableMembers,
  part: string,
  lead: KnownLead,
  writing: FactWriting
): TemplateFacts | null {
  const facts = Object.entries(members).map(([name, kind]): [string, TemplateFacts[string]] => {
    if (kind === 'value') return [name, textOf(`${part}${name}`, lead, writing)]
    return [name, 'members' in kind ? factsOf(kind, `${part}${name}.`, lead, writing) : null]
  })
  return facts.every(([, fact]) => fact === null) ? null : Object.fromEntries(facts)
}

function textOf(path: string, lead: KnownLead, writing: FactWriting): string | null {
  const field = findField(path)
  const [value] = field?.read(lead) ?? []
  if (typeof value === 'string') {
    if (field?.kind === 'prose') return proseOf(value, writing)
    const isTime = field?.kind === 'date' || field?.kind === 'instant'
    return lineOf(isTime ? writing.given(value) : value, writing)
  }
  if (value instanceof Date) return lineOf(writing.instant(value), writing)
  if (isMoney(value)) return lineOf(writing.money(value), writing)
  if (isOdometer(value)) return lineOf(writing.odometer(value), writing)
  if (Array.isArray(value)) return lineOf(value.join(', '), writing)
  return typeof value === 'number' ? String(value) : null
}

/** One harmless line, or null: there is nothing on it. */
function lineOf(text: string, { line }: FactWriting): string | null {
  const harmless = line(text)
  return harmless === '' ? null : cut(harmless, LINE_LIMIT)
}

/** Lines after the first are indented: a message can't pretend to be the mail's own lines. */
function proseOf(text: string, { lines }: FactWriting): string | null {
  const harmless = cut(lines(text), PROSE_LIMIT)
  return harmless === '' ? null : harmless.replaceAll('\n', '\n    ')
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
