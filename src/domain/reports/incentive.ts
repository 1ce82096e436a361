import { fromCents, toCents } from './cents.ts'

/** The incentive rates of a dealer, in the dealer's currency. */
export const INCENTIVE_MEASURES = [
  'handled',
  'qualified',
  'appointmentsMade',
  'appointmentsShown',
  'reservations',
  'directSales',
  'storeSales',
  'creditedSales'
] as const
type IncentiveMeasure = (typeof INCENTIVE_MEASURES)[number]

/** The pay for one unit of each measure, as decimal text with at most two decimals. */
interface IncentiveRate {
  measure: IncentiveMeasure
  amount: string
}

/** A measure without a rate earns nothing. */
export interface IncentiveRates {
  rates: IncentiveRate[]
}

/** The rates as they stand; version 0: the dealer has said nothing yet. */
export interface StoredIncentiveRates extends IncentiveRates {
  version: number
  updatedAt: Date | null
}

/** The pay for one measure: count, rate and amount. */
interface Earning {
  measure: IncentiveMeasure
  count: number
  rate: string
  amount: string
}

/** The reward for a user's work. */
export interface Earnings {
  lines: Earning[]
  total: string
}

/** The first rate that names a measure that was named before, or null: each is named once. */
export function findRepeatedRate({ rates }: IncentiveRates): number | null {
  const repeated = rates.findIndex(
    ({ measure }, index) => rates.findIndex((rate) => rate.measure === measure) < index
  )
  return repeated === -1 ? null : repeated
}

/** The pay for the counts. Computed in whole hundredths, so that no cent is lost to rounding. */
export function earningsOf(
  counts: Readonly<Record<IncentiveMeasure, number>>,
  { rates }: IncentiveRates
): Earnings {
  const rateOf = new Map(rates.map(({ measure, amount }) => [measure, toCents(amount)]))
  let total = 0n
  const lines = INCENTIVE_MEASURES.map((measure) => {
    const count = counts[measure]
    const rate = rateOf.get(measure) ?? 0n
    // Shares of sales have two decimals; a half cent is rounded up.
    const amount = (rate * BigInt(Math.round(count * 100)) + 50n) / 100n
    total += amount
    return { measure, count, rate: fromCents(rate), amount: fromCents(amount) }
  })
  return { lines, total: fromCents(total) }
}
