import type {
  ATTRIBUTION_KEYS,
  Consent,
  Contact,
  ContactChannel,
  ContactTime,
  LeadType,
  Party,
  PhoneType,
  PostalAddress,
  Prequalification
} from '../../domain/leads/lead.ts'
import type {
  ColorCombination,
  FINANCE_METHODS,
  Odometer,
  Price,
  VEHICLE_STATES,
  Vehicle,
  VehicleCondition,
  VehicleFinance,
  VehicleInterest
} from '../../domain/leads/vehicle.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'

export type MailAudience =
  'assignee' | 'resent' | 'queue' | 'dealer' | 'promoter' | 'responsible' | 'test'

/**
 * All text of our own in a mail, in one language.
 *
 * Labels are keyed by the members of the domain's types, so a member without a label in every
 * language does not compile.
 */
export interface Wording {
  subjects: Record<MailAudience, string>
  /** The subject prefixes of test leads and duplicates. */
  prefixes: { test: string; duplicate: string }
  intros: Record<MailAudience, string>
  duplicateNote: string
  testNote: string
  /** For the subject, where a lead has no name at all. */
  nameless: string
  openLead: string
  /** Why this mail came: without it, people report it as spam. */
  footer: string
  /** The label of the link that unsubscribes from automatic mails. */
  unsubscribe: string
  adfAttached: string
  yes: string
  no: string
  sections: {
    referral: string
    lead: string
    contact: string
    message: string
    vehicle: string
    timeframe: string
    prequalification: string
    consent: string
    attribution: string
    customFields: string
    news: string
    vendor: string
    provider: string
    unmapped: string
  }
  lead: Record<
    | 'id'
    | 'receivedAt'
    | 'submittedAt'
    | 'type'
    | 'source'
    | 'status'
    | 'assignee'
    | 'queue'
    | 'promoter'
    | 'referralCode'
    | 'temperature'
    | 'externalId'
    | 'reference'
    | 'vehicles'
    | 'who'
    | 'isTest'
    | 'isDuplicate',
    string
  >
  contact: Record<
    | 'name'
    | 'mainEmail'
    | 'otherEmail'
    | 'mainPhone'
    | 'otherPhone'
    | Exclude<
        keyof Contact,
        'emails' | 'phones' | 'firstName' | 'middleName' | 'lastName' | 'nameSuffix'
      >,
    string
  >
  vehicle: Record<
    Exclude<keyof Vehicle, 'finance' | 'references' | 'colors' | 'options'>,
    string
  > & {
    reference: string
    color: string
    option: string
  }
  color: Record<keyof ColorCombination, string>
  option: Record<'manufacturerCode' | 'stockNumber' | 'weighting', string>
  finance: Record<
    Exclude<keyof VehicleFinance, 'amounts'> | 'total' | 'downpayment' | 'monthly',
    string
  >
  timeframe: Record<'description' | 'earliest' | 'latest', string>
  prequalification: Record<keyof Prequalification, string>
  consent: Record<keyof Consent, string>
  party: Record<Exclude<keyof Party, 'references' | 'contact'> | 'reference', string>
  /** After a value that we could not verify, and before the text it was read from. */
  notValid: string
  givenAs: string
  financeInSystem: string
  bestTime: string
  /** Labels of what is known of how a person came. */
  attribution: Record<(typeof ATTRIBUTION_KEYS)[number], string>
  types: Record<LeadType, string>
  temperatures: Record<Temperature, string>
  interests: Record<VehicleInterest, string>
  conditions: Record<VehicleCondition, string>
  vehicleStates: Record<(typeof VEHICLE_STATES)[number], string>
  financeMethods: Record<(typeof FINANCE_METHODS)[number], string>
  phoneTypes: Record<PhoneType, string>
  channels: Record<ContactChannel, string>
  times: Record<ContactTime, string>
  addressTypes: Record<NonNullable<PostalAddress['type']>, string>
  odometerStates: Record<NonNullable<Odometer['status']>, string>
  priceTypes: Record<NonNullable<Price['type']>, string>
  priceDeltas: Record<NonNullable<Price['delta']>, string>
  priceBases: Record<NonNullable<Price['relativeTo']>, string>
  financeLimits: Record<'maximum' | 'minimum' | 'exact', string>
  balanceTypes: Record<'finance' | 'residual', string>
  incomePeriods: Record<NonNullable<Prequalification['incomePeriod']>, string>
  /** Plural forms by CLDR category; `{count}` is the number. */
  vehicleCount: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
}
