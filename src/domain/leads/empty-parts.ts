import type { Money, PostalAddress, Prequalification, Price, Timeframe, Vehicle } from './lead.ts'

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

/** A vehicle as far as somebody describes it: without an interest it is wanted; one they have is used. */
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
    condition: condition ?? (isOwned ? 'used' : 'new'),
    price: price ? priceOf(price) : null
  }
}

type DescribedPrice = Money & Partial<Price>
type DescribedVehicle = Partial<Omit<Vehicle, 'condition' | 'price'>> & {
  condition?: Vehicle['condition'] | null
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
