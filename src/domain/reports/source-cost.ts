import type { Reference } from '../leads/lead.ts'
import { fromCents, sumAmounts, toCents } from './cents.ts'

/** The cost of a source in a month, in the dealer's currency. */
export interface SourceCost {
  source: Reference & { key: string }
  /** `YYYY-MM` */
  month: string
  /** Decimal text with two decimals. */
  amount: string
  version: number
  createdAt: Date
  updatedAt: Date
}

/** An amount divided into so many shares, to the cent; null for zero shares. */
export function shareOf(amount: string | null, count: number): string | null {
  if (amount === null || count === 0) return null
  const cents = toCents(amount)
  // Half a cent goes up.
  return fromCents((2n * cents + BigInt(count)) / (2n * BigInt(count)))
}

/** The sum of the amounts. Null when there are none. */
export function sumOf(amounts: readonly (string | null)[]): string | null {
  const given = amounts.filter((amount) => amount !== null)
  if (given.length === 0) return null
  return sumAmounts(given)
}
