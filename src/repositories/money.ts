import type { Money } from '../domain/leads/values.ts'

/** An amount and its currency, as every table that keeps one does: both, or neither. */
interface MoneyColumns {
  amount: string | null
  currency: string | null
}

export function moneyColumns(money: Money | null): MoneyColumns {
  return { amount: money?.amount ?? null, currency: money?.currency ?? null }
}

export function toMoney({ amount, currency }: MoneyColumns): Money | null {
  return amount !== null && currency !== null ? { amount, currency } : null
}
