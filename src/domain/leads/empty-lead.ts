import type { Consent, Contact, LeadContent, PostalAddress } from './lead.ts'
import type { Prequalification, Timeframe } from './lead.ts'
import type { Money } from './values.ts'
import type { Price, Vehicle } from './vehicle.ts'

/** A lead and its parts, each without a value: what makes one spreads these. */

/** A contact that says nothing. */
export const EMPTY_CONTACT: Contact = {
  firstName: null,
  middleName: null,
  lastName: null,
  nameSuffix: null,
  fullName: null,
  companyName: null,
  emails: [],
  phones: [],
  preferredChannel: null,
  preferredTime: null,
  language: null,
  address: null
}

/** A lead that says nothing: every lead's content is made from it. */
export const EMPTY_LEAD: LeadContent = {
  type: 'inquiry',
  externalId: null,
  submittedAt: null,
  contact: EMPTY_CONTACT,
  message: null,
  vehicles: [],
  timeframe: null,
  prequalification: null,
  consents: [],
  attribution: {},
  customFields: {},
  references: [],
  vendor: null,
  provider: null,
  unmapped: [],
  isTest: false
}

/** What may be unknown of a consent. */
export const EMPTY_CONSENT: Omit<Consent, 'purpose' | 'granted'> = {
  channel: null,
  text: null,
  textVersion: null,
  language: null,
  page: null,
  ip: null,
  givenAt: null,
  proofUrl: null
}

export const EMPTY_ADDRESS: PostalAddress = {
  street: [],
  apartment: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  type: null
}

export const EMPTY_VEHICLE: Vehicle = {
  interest: 'buy',
  condition: null,
  references: [],
  year: null,
  make: null,
  model: null,
  trim: null,
  vin: null,
  plate: null,
  stockNumber: null,
  doors: null,
  bodyStyle: null,
  transmission: null,
  odometer: null,
  state: null,
  colors: [],
  image: null,
  price: null,
  priceComments: null,
  options: [],
  finance: null,
  comments: null
}

/** A vehicle that has a description: without an interest it is wanted; one the person has is used. */
export function vehicleOf({
  interest = 'buy',
  condition,
  price,
  ...given
}: DescribedVehicle): Vehicle {
  const isOwned = interest === 'trade-in' || interest === 'sell'
  return {
    ...EMPTY_VEHICLE,
    ...given,
    interest,
    condition: condition ?? (isOwned ? 'used' : null),
    price: price ? priceOf(price) : null
  }
}

type DescribedPrice = Money & Partial<Price>
type DescribedVehicle = Partial<Omit<Vehicle, 'condition' | 'price'>> & {
  condition?: Vehicle['condition']
  price?: DescribedPrice | null
}

export function priceOf(price: DescribedPrice): Price {
  return { type: null, delta: null, relativeTo: null, source: null, ...price }
}

export const EMPTY_TIMEFRAME: Timeframe = { description: null, earliest: null, latest: null }

export const EMPTY_PREQUALIFICATION: Prequalification = {
  employmentStatus: null,
  employer: null,
  jobTitle: null,
  employedSince: null,
  income: null,
  incomePeriod: null,
  otherIncome: null,
  housingStatus: null,
  housingCost: null,
  creditEstimate: null,
  downPayment: null,
  monthlyBudget: null,
  timeframe: null,
  hasTradeIn: null,
  creditCheckConsent: null
}
