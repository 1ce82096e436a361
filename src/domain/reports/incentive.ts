/** What a dealer pays its people for what they did; amounts in the dealer's currency. */
export const INCENTIVE_MEASURES = [
  'handled',
  'qualified',
  'appointmentsMade',
  'appointmentsShown',
  'directSales',
  'storeSales'
] as const
export type IncentiveMeasure = (typeof INCENTIVE_MEASURES)[number]

/** For one of each, as decimal text; a measure without a rate earns nothing. */
export interface IncentiveRates {
  rates: { measure: IncentiveMeasure; amount: string }[]
}

/** The rates as they stand; version 0: the dealer has said nothing yet. */
export interface StoredIncentiveRates extends IncentiveRates {
  version: number
  updatedAt: Date | null
}
