import { displayName, isReachable, vehicleName } from './contact.ts'
import {
  ADDRESS_TYPES,
  ATTRIBUTION_KEYS,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  INCOME_PERIODS,
  LEAD_TYPES
} from './lead.ts'
import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from './vehicle.ts'
import type { Consent, Contact, LeadContent, PostalAddress } from './lead.ts'
import type { Prequalification, Timeframe } from './lead.ts'
import type { Vehicle } from './vehicle.ts'
import { fieldAt, fieldsOf } from './lead-field.ts'
import type { FieldShape, FieldUse, KnownLead, LeadField } from './lead-field.ts'

/**
 * The fields of a lead, by the one name that rules, field mappings, imports, exports and templates have
 * for each: its path in the lead's JSON. A list's member is named by the singular: `vehicle.make` is
 * the make of each vehicle for rules, of the first in imports and exports, and in templates of the
 * first one that is wanted. The order is that of an export's columns.
 *
 * A member added to a part of the lead does not compile until it has a row here, or null for none.
 */

type Shapes<Part> = Record<keyof Part & string, FieldShape | null>

/** Mails to people say nothing of their finances, or of how they were found. */
const WITHOUT_TEMPLATES: readonly FieldUse[] = ['rule', 'import', 'export']

/** A form of text that is ours, with the uses it has. */
const ours = (...uses: FieldUse[]): FieldShape => ({ kind: 'text', uses })
const flag = (...uses: FieldUse[]): FieldShape => ({ kind: 'flag', uses })
const text = (maxLength = 200): FieldShape => ({ kind: 'text', maxLength })
const prose = (maxLength: number): FieldShape => ({ kind: 'prose', maxLength })
const choice = (choices: readonly string[]): FieldShape => ({ kind: 'choice', choices })
const MONEY: FieldShape = { kind: 'money' }
const DATE: FieldShape = { kind: 'date', maxLength: 40 }
const INSTANT: FieldShape = { kind: 'instant' }
const YEAR: FieldShape = { kind: 'year', minimum: 1885, maximum: 2100 }

const content: Shapes<LeadContent> = {
  type: choice(LEAD_TYPES),
  externalId: text(),
  submittedAt: INSTANT,
  message: prose(20_000),
  isTest: flag('rule', 'export'),
  contact: null,
  vehicles: null,
  timeframe: null,
  prequalification: null,
  consents: null,
  attribution: null,
  customFields: null,
  references: null,
  vendor: null,
  provider: null,
  unmapped: null
}

const contact: Shapes<Contact> = {
  firstName: text(),
  middleName: text(),
  lastName: text(),
  nameSuffix: text(50),
  fullName: text(400),
  companyName: text(),
  emails: null,
  phones: null,
  preferredChannel: choice(CONTACT_CHANNELS),
  preferredTime: choice(CONTACT_TIMES),
  language: { kind: 'language' },
  address: null
}

const address: Shapes<PostalAddress> = {
  street: { kind: 'lines', maxLength: 200 },
  apartment: text(50),
  city: text(100),
  region: text(100),
  postalCode: text(20),
  country: { kind: 'country' },
  type: choice(ADDRESS_TYPES)
}

const vehicle: Shapes<Vehicle> = {
  interest: choice(VEHICLE_INTERESTS),
  condition: choice(VEHICLE_CONDITIONS),
  references: null,
  year: YEAR,
  make: text(100),
  model: text(100),
  trim: text(100),
  vin: text(40),
  plate: text(20),
  stockNumber: text(60),
  doors: text(20),
  bodyStyle: text(100),
  transmission: text(60),
  odometer: { kind: 'odometer' },
  state: text(60),
  colors: null,
  image: null,
  price: MONEY,
  priceComments: prose(2_000),
  options: null,
  finance: null,
  comments: prose(10_000)
}

const timeframe: Shapes<Timeframe> = { description: text(), earliest: DATE, latest: DATE }

const prequalification: Shapes<Prequalification> = {
  employmentStatus: text(60),
  employer: text(),
  jobTitle: text(),
  employedSince: text(40),
  income: MONEY,
  incomePeriod: choice(INCOME_PERIODS),
  otherIncome: MONEY,
  housingStatus: text(60),
  housingCost: MONEY,
  creditEstimate: text(60),
  downPayment: MONEY,
  monthlyBudget: MONEY,
  timeframe: text(60),
  hasTradeIn: flag('rule', 'import', 'export'),
  creditCheckConsent: flag('rule', 'import', 'export')
}

const emailsOf = ({ content }: KnownLead) => content.contact.emails.map(({ address }) => address)
const phonesOf = ({ content }: KnownLead) => content.contact.phones.map(({ number }) => number)

/** The members of an attribution that have a column; it is open for others. */
const attribution = Object.fromEntries(ATTRIBUTION_KEYS.map((key) => [key, text(2_000)]))

export const LEAD_FIELDS: readonly LeadField[] = [
  ...fieldsOf('', (lead) => [lead], { id: ours('export', 'template') }),
  ...fieldsOf('', (lead) => [lead], { receivedAt: { ...INSTANT, uses: ['export', 'template'] } }),
  ...fieldsOf('', (lead) => [lead.content], content),
  ...fieldsOf('source', (lead) => [lead.source], {
    id: ours('export'),
    key: ours('rule', 'export'),
    name: ours('export', 'template'),
    kind: ours('rule')
  }),
  ...fieldsOf('status', (lead) => [lead.status], {
    id: ours('export'),
    name: ours('export'),
    group: ours('rule', 'export')
  }),
  fieldAt('statusReason.key', ours('export'), (lead) => [lead.statusReason?.key]),
  fieldAt('statusReason.name', ours('export'), (lead) => [
    lead.statusReason?.name ?? lead.statusReasonText
  ]),
  ...fieldsOf('assignee', (lead) => [lead.assignee], {
    id: ours('export'),
    name: ours('export', 'template')
  }),
  ...fieldsOf('queue', (lead) => [lead.queue], { id: ours('export'), name: ours('export') }),
  ...fieldsOf('promoter', (lead) => [lead.promoter], {
    id: ours('rule', 'export'),
    name: ours('export')
  }),
  ...fieldsOf('referralLink', (lead) => [lead.referralLink], {
    id: ours('rule', 'export'),
    code: ours('export')
  }),
  ...fieldsOf('client', (lead) => [lead.client], {
    id: ours('rule', 'export'),
    name: ours('export')
  }),
  ...fieldsOf('', (lead) => [lead], {
    duplicateOf: ours('export'),
    quarantineReason: ours('export'),
    temperature: ours('rule', 'export'),
    temperatureBy: ours('export'),
    score: { kind: 'number', uses: ['rule', 'export'] }
  }),
  ...fieldsOf('nextAction', (lead) => [lead.nextAction], {
    type: ours('export'),
    dueAt: { ...INSTANT, uses: ['export'] }
  }),
  fieldAt('isDuplicate', flag('rule'), (lead) => [(lead.duplicateOf ?? null) !== null]),
  fieldAt('qualification', ours('rule'), (lead) => [lead.qualification]),
  fieldAt('timeOfDay', { kind: 'time', uses: ['rule'] }, (lead) => [lead.local?.time]),
  fieldAt('weekday', ours('rule'), (lead) => [lead.local?.weekday]),
  ...fieldsOf('contact', (lead) => [lead.content.contact], contact),
  fieldAt('contact.name', ours('rule', 'template'), (lead) => [displayName(lead.content.contact)]),
  // For rules any e-mail or phone counts; elsewhere the first, which is the main one.
  fieldAt('contact.email', { kind: 'email' }, emailsOf),
  fieldAt('contact.otherEmails', { kind: 'emails', uses: ['import', 'export'] }, (lead) => [
    emailsOf(lead).slice(1)
  ]),
  fieldAt('contact.emailValid', flag('rule'), (lead) => [hasValid(lead.content.contact.emails)]),
  fieldAt('contact.phone', { kind: 'phone' }, phonesOf),
  fieldAt('contact.otherPhones', { kind: 'phones', uses: ['import', 'export'] }, (lead) => [
    phonesOf(lead).slice(1)
  ]),
  fieldAt('contact.phoneValid', flag('rule'), (lead) => [hasValid(lead.content.contact.phones)]),
  fieldAt('contact.reachable', flag('rule'), (lead) => [isReachable(lead.content.contact)]),
  ...fieldsOf('contact.address', (lead) => [lead.content.contact.address], address),
  ...fieldsOf('vehicle', (lead) => lead.content.vehicles, vehicle),
  fieldAt('vehicle.name', ours('rule', 'template'), (lead) =>
    lead.content.vehicles.map(vehicleName)
  ),
  ...fieldsOf('timeframe', (lead) => [lead.content.timeframe], timeframe),
  ...fieldsOf(
    'prequalification',
    (lead) => [lead.content.prequalification],
    prequalification,
    WITHOUT_TEMPLATES
  ),
  ...fieldsOf('attribution', (lead) => [lead.content.attribution], attribution, WITHOUT_TEMPLATES),
  fieldAt('consents', { kind: 'list', uses: ['export'] }, (lead) => [
    lead.content.consents.map(describeConsent)
  ]),
  fieldAt('consent.purpose', ours('rule'), ({ content: { consents } }) =>
    consents.map(({ granted, purpose }) => (granted ? purpose : null))
  ),
  ...fieldsOf('', (lead) => [lead], { updatedAt: { ...INSTANT, uses: ['export'] } })
]

const FIELDS = new Map(LEAD_FIELDS.map((field) => [field.path, field]))

/** The field of this path, or null: there is none. Custom fields and attributions are open. */
export function findField(path: string): LeadField | null {
  return FIELDS.get(path) ?? openField(path, ['rule', 'import'])
}

function openField(path: string, uses: readonly FieldUse[]): LeadField | null {
  const [, part, member] = /^(customFields|attribution)\.(.{1,100})$/s.exec(path) ?? []
  if (part !== 'customFields' && part !== 'attribution') return null
  if (member === undefined) return null
  const shape: FieldShape = part === 'attribution' ? text(2_000) : { kind: 'any' }
  const read = ({ content: { [part]: members } }: KnownLead) =>
    Object.hasOwn(members, member) ? [members[member]] : []
  return { ...shape, path, part, member, uses, read }
}

function hasValid(points: readonly { valid: boolean }[]): boolean {
  return points.some(({ valid }) => valid)
}

/** In words, such as `marketing email: yes`. */
function describeConsent({ purpose, channel, granted }: Consent): string {
  return `${purpose}${channel === null ? '' : ` ${channel}`}: ${granted ? 'yes' : 'no'}`
}
