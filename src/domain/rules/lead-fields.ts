import { isReachable } from '../leads/contact.ts'
import type { LeadContent } from '../leads/lead.ts'
import type { StatusGroup } from '../leads/status.ts'
import type { QualificationResult } from '../qualification/form.ts'
import type { Temperature } from '../leads/temperature.ts'
import type { SourceKind } from '../dealers/source.ts'

/** Everything of a lead that rules may look at. */
export interface LeadFacts {
  content: LeadContent
  source: { key: string; kind: SourceKind }
  statusGroup: StatusGroup
  temperature: Temperature | null
  score: number | null
  promoterId: string | null
  referralLinkId: string | null
  clientId: string | null
  isDuplicate: boolean
  /** The latest result, or null: nobody has qualified it. */
  qualification: QualificationResult | null
  /** Wall clock of the dealer's zone when the lead was received. */
  local: { time: string; weekday: string }
}

export type FieldKind = 'text' | 'number' | 'flag' | 'time' | 'any'

type Value = string | number | boolean

interface Field {
  kind: FieldKind
  read: (facts: LeadFacts) => readonly (Value | null | undefined)[]
}

const ofContact =
  (name: 'firstName' | 'lastName' | 'fullName' | 'companyName' | 'language' | 'preferredChannel') =>
  ({ content }: LeadFacts) => [content.contact[name]]

const ofAddress =
  (name: 'city' | 'region' | 'postalCode' | 'country') =>
  ({ content }: LeadFacts) => [content.contact.address?.[name]]

const ofVehicles =
  <T extends Value>(read: (vehicle: LeadContent['vehicles'][number]) => T | null | undefined) =>
  ({ content }: LeadFacts) =>
    content.vehicles.map(read)

const text = (read: Field['read']): Field => ({ kind: 'text', read })
const number = (read: Field['read']): Field => ({ kind: 'number', read })
const flag = (read: (facts: LeadFacts) => boolean): Field => ({
  kind: 'flag',
  read: (facts) => [read(facts)]
})

/** The fields by the names rules use; the lead's own names wherever it has them. */
const FIELDS: Record<string, Field> = {
  type: text(({ content }) => [content.type]),
  source: text(({ source }) => [source.key]),
  sourceKind: text(({ source }) => [source.kind]),
  statusGroup: text(({ statusGroup }) => [statusGroup]),
  temperature: text(({ temperature }) => [temperature]),
  score: number(({ score }) => [score]),
  qualification: text(({ qualification }) => [qualification]),
  promoter: text(({ promoterId }) => [promoterId]),
  referralLink: text(({ referralLinkId }) => [referralLinkId]),
  client: text(({ clientId }) => [clientId]),
  isDuplicate: flag(({ isDuplicate }) => isDuplicate),
  isTest: flag(({ content }) => content.isTest),
  externalId: text(({ content }) => [content.externalId]),
  message: text(({ content }) => [content.message?.trim() ? content.message : null]),
  language: text(ofContact('language')),
  preferredChannel: text(ofContact('preferredChannel')),
  firstName: text(ofContact('firstName')),
  lastName: text(ofContact('lastName')),
  fullName: text(ofContact('fullName')),
  companyName: text(ofContact('companyName')),
  email: text(({ content }) => content.contact.emails.map(({ address }) => address)),
  phone: text(({ content }) => content.contact.phones.map((phone) => phone.number)),
  emailValid: flag(({ content }) => content.contact.emails.some(({ valid }) => valid)),
  phoneValid: flag(({ content }) => content.contact.phones.some(({ valid }) => valid)),
  reachable: flag(({ content }) => isReachable(content.contact)),
  city: text(ofAddress('city')),
  region: text(ofAddress('region')),
  postalCode: text(ofAddress('postalCode')),
  country: text(ofAddress('country')),
  'vehicle.interest': text(ofVehicles(({ interest }) => interest)),
  'vehicle.condition': text(ofVehicles(({ condition }) => condition)),
  'vehicle.make': text(ofVehicles(({ make }) => make)),
  'vehicle.model': text(ofVehicles(({ model }) => model)),
  'vehicle.trim': text(ofVehicles(({ trim }) => trim)),
  'vehicle.bodyStyle': text(ofVehicles(({ bodyStyle }) => bodyStyle)),
  'vehicle.vin': text(ofVehicles(({ vin }) => vin)),
  'vehicle.stockNumber': text(ofVehicles(({ stockNumber }) => stockNumber)),
  'vehicle.year': number(ofVehicles(({ year }) => year)),
  'vehicle.price': number(ofVehicles(({ price }) => (price ? Number(price.amount) : null))),
  'timeframe.description': text(({ content }) => [content.timeframe?.description]),
  'timeframe.earliest': text(({ content }) => [content.timeframe?.earliest]),
  'timeframe.latest': text(({ content }) => [content.timeframe?.latest]),
  'prequalification.employmentStatus': text(({ content }) => [
    content.prequalification?.employmentStatus
  ]),
  'prequalification.creditEstimate': text(({ content }) => [
    content.prequalification?.creditEstimate
  ]),
  'prequalification.hasTradeIn': {
    kind: 'flag',
    read: ({ content }) => [content.prequalification?.hasTradeIn]
  },
  'consent.purpose': text(({ content }) =>
    content.consents.map(({ granted, purpose }) => (granted ? purpose : null))
  ),
  timeOfDay: { kind: 'time', read: ({ local }) => [local.time] },
  weekday: text(({ local }) => [local.weekday])
}

/** Names of the fields that are always there; beside them `customFields.*` and `attribution.*`. */
export const LEAD_FIELDS: readonly string[] = Object.keys(FIELDS)

const OPEN_FIELD = /^(customFields|attribution)\.(.{1,100})$/s

/** What can be compared with a field, or null: there is no such field. */
export function fieldKind(name: string): FieldKind | null {
  if (Object.hasOwn(FIELDS, name)) return FIELDS[name]?.kind ?? null
  const [, family] = OPEN_FIELD.exec(name) ?? []
  if (family === undefined) return null
  return family === 'attribution' ? 'text' : 'any'
}

/** A field's values; none where the lead says nothing of it. */
export function readField(name: string, facts: LeadFacts): Value[] {
  const values = Object.hasOwn(FIELDS, name) ? FIELDS[name]?.read(facts) : openField(name, facts)
  return (values ?? []).filter(
    (value): value is Value => value !== null && value !== undefined && value !== ''
  )
}

function openField(name: string, { content }: LeadFacts): readonly (Value | null)[] {
  const [, family, key] = OPEN_FIELD.exec(name) ?? []
  const record = family === 'attribution' ? content.attribution : content.customFields
  if (key === undefined || !Object.hasOwn(record, key)) return []
  const stored = record[key]
  return (Array.isArray(stored) ? stored : [stored]).filter(isValue)
}

function isValue(value: unknown): value is Value {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
