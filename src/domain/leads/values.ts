export const DISTANCE_UNITS = ['km', 'mi'] as const
export type DistanceUnit = (typeof DISTANCE_UNITS)[number]

/** An amount as decimal text, never a float, with its ISO 4217 code. */
export interface Money {
  amount: string
  currency: string
  /** True: the sender named no currency, and this is the dealer's. It is not passed on. */
  currencyAssumed?: boolean
}

/** A foreign key for a record, with its owner (ADF `id`, `id@source`). */
export interface ExternalReference {
  id: string
  source: string | null
  sequence: string | null
}
