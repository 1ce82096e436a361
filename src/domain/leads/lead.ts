/**
 * What one person asked of one dealer, in the words every part of the service shares: the wire
 * format, the database and ADF are three spellings of these types.
 *
 * Absence is `null`. Strings keep what the sender wrote unless a comment says they are normalised.
 */

import type { Activity } from '../activities/activity.ts'
import type { Temperature, TemperatureOrigin } from './temperature.ts'
import type { StatusGroup } from './status-groups.ts'
import type { QuarantineCode } from '../reasons/decision-reasons.ts'
import type { RepairCode } from '../reasons/repair-reasons.ts'
import type { ExternalReference, Money } from './values.ts'
import type { Vehicle } from './vehicle.ts'

export const LEAD_TYPES = ['inquiry', 'prequalification'] as const
export type LeadType = (typeof LEAD_TYPES)[number]

export const PHONE_TYPES = ['voice', 'mobile', 'work', 'home', 'fax', 'pager', 'other'] as const
export type PhoneType = (typeof PHONE_TYPES)[number]

export const CONTACT_CHANNELS = ['email', 'phone', 'sms', 'whatsapp', 'post'] as const
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]

/** ADF 1.0's `phone@time`. */
export const CONTACT_TIMES = ['morning', 'afternoon', 'evening', 'day', 'nopreference'] as const
export type ContactTime = (typeof CONTACT_TIMES)[number]

/** A phone as given and, where it could be read, in E.164. */
export interface PhoneNumber {
  /** E.164 when `valid`, otherwise the text as given. */
  number: string
  /** The text as the sender wrote it. */
  raw: string
  valid: boolean
  type: PhoneType
  /** When this number is best called; ADF keeps it per phone. */
  time: ContactTime | null
}

/** An e-mail address, trimmed and with its domain lower-cased (IDN as ASCII) when `valid`. */
export interface EmailAddress {
  address: string
  raw: string
  valid: boolean
}

export const ADDRESS_TYPES = ['work', 'home', 'delivery'] as const

export interface PostalAddress {
  street: string[]
  apartment: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  /** ISO 3166-1 alpha-2, or the text as given where the sender's was neither code nor known name. */
  country: string | null
  type: (typeof ADDRESS_TYPES)[number] | null
}

/** A person or organisation, and every way to reach them. The first e-mail and phone are the main ones. */
export interface Contact {
  firstName: string | null
  middleName: string | null
  lastName: string | null
  nameSuffix: string | null
  fullName: string | null
  companyName: string | null
  emails: EmailAddress[]
  phones: PhoneNumber[]
  preferredChannel: ContactChannel | null
  preferredTime: ContactTime | null
  /** BCP 47. */
  language: string | null
  address: PostalAddress | null
}

/** When the person wants to buy. Dates are ISO 8601, a day or a time with offset, as given. */
export interface Timeframe {
  description: string | null
  earliest: string | null
  latest: string | null
}

/** How a person came to the dealer, by the names that most senders use. Others are kept as well. */
export const ATTRIBUTION_KEYS = [
  'landingPage',
  'referrer',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
  'gclid',
  'fbclid'
] as const

export const INCOME_PERIODS = ['hour', 'week', 'fortnight', 'month', 'year'] as const

/** The facts for a finance desk. Never logged; mailed only where the dealer allows it. */
export interface Prequalification {
  employmentStatus: string | null
  employer: string | null
  jobTitle: string | null
  employedSince: string | null
  income: Money | null
  incomePeriod: (typeof INCOME_PERIODS)[number] | null
  otherIncome: Money | null
  housingStatus: string | null
  housingCost: Money | null
  creditEstimate: string | null
  downPayment: Money | null
  monthlyBudget: Money | null
  timeframe: string | null
  hasTradeIn: boolean | null
  creditCheckConsent: boolean | null
}

/** One consent, as given with this lead. */
export interface Consent {
  purpose: string
  channel: string | null
  granted: boolean
  text: string | null
  textVersion: string | null
  language: string | null
  page: string | null
  ip: string | null
  /** RFC 3339. */
  givenAt: string | null
  proofUrl: string | null
}

/** How the person came to the page: UTM parameters, click ids, pages. Open, because platforms add to it. */
export type Attribution = Record<string, string>

/** The business a document names as its recipient (ADF `vendor`) or its sender (ADF `provider`). */
export interface Party {
  references: ExternalReference[]
  name: string | null
  /** ADF `provider/service`: the product or page that made the lead. */
  service: string | null
  url: string | null
  email: string | null
  phone: string | null
  contact: Contact | null
}

/** A text as given that no member holds as it is: it has no member, or was repaired to be read. */
export interface UnmappedValue {
  /**
   * The place of the text: in a document `prospect/vehicle[1]/partner-score` or
   * `prospect/vehicle[1]@foo`, in JSON a pointer such as `/contact/phone`, in a list the column.
   */
  path: string
  text: string
  /** The repair; without it the text has no field of its own. */
  code?: RepairCode
}

/** A lead as received and normalised, before anything is decided about it. */
export interface LeadContent {
  type: LeadType
  externalId: string | null
  /** RFC 3339: when the person sent it, by the sender's clock. */
  submittedAt: string | null
  contact: Contact
  message: string | null
  vehicles: Vehicle[]
  timeframe: Timeframe | null
  prequalification: Prequalification | null
  consents: Consent[]
  attribution: Attribution
  customFields: Record<string, unknown>
  /** ADF `prospect/id` and `customer/id` of earlier systems. */
  references: ExternalReference[]
  vendor: Party | null
  provider: Party | null
  unmapped: UnmappedValue[]
  isTest: boolean
}

/** A row that something else refers to, with the name people know it by. */
export interface Reference {
  id: string
  name: string
}

/** The next planned activity of a lead. */
export type NextAction = Pick<Activity, 'id' | 'type' | 'dueAt' | 'userId'>

/** A lead as stored: what was asked, and where it stands. */
export interface Lead {
  id: string
  content: LeadContent
  source: Reference & { key: string }
  status: Reference & { group: StatusGroup }
  /** Why it is lost or deleted: of the dealer's list. */
  statusReason: (Reference & { key: string }) | null
  /** The reason as a text, where it is not of the list. */
  statusReasonText: string | null
  assignee: Reference | null
  queue: Reference | null
  promoter: Reference | null
  referralLink: { id: string; code: string } | null
  client: Reference | null
  duplicateOf: string | null
  /** Why it is held back, or null: it is not. */
  quarantineReason: QuarantineCode | null
  temperature: Temperature | null
  /** The user who set it; null if it was never set, or no longer holds. */
  temperatureBy: TemperatureOrigin | null
  score: number | null
  /** The planned activity that is due first, or null: nothing is planned. */
  nextAction: NextAction | null
  version: number
  receivedAt: Date
  /** Since when it has its status. */
  statusSince: Date
  /** When it was last worked on: see `touch.ts`. */
  lastTouchAt: Date | null
  updatedAt: Date
}

/** The outcome of a capture. */
export type CaptureOutcome = 'created' | 'repeated' | 'quarantined'
