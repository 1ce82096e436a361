import type { PostalAddress, Prequalification, Timeframe, Vehicle } from './lead.ts'

/** The parts of a lead, each without a value: what makes one spreads these. */

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
  condition: 'used',
  references: [],
  year: null,
  make: null,
  model: null,
  trim: null,
  vin: null,
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
