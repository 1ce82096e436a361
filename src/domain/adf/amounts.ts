import type { Money } from '../leads/values.ts'
import type { Price } from '../leads/vehicle.ts'
import { readCurrency } from '../leads/currencies.ts'
import {
  isBareAmount,
  isPriceAmount,
  readMoney as readWrittenMoney
} from '../leads/written-values.ts'
import type { ElementCursor } from './element-cursor.ts'

const PRICE_TYPES = ['quote', 'offer', 'msrp', 'invoice', 'call', 'appraisal', 'asking'] as const

/**
 * Reads the element's text and `currency` as an amount; what is ambiguous is not taken. One without a
 * currency is in that of the dealer, and marked so: it is never passed on as given.
 */
export function readMoney(
  element: ElementCursor,
  own: string,
  isRight: (amount: string) => boolean = () => true
): Money | null {
  const read = element.text((text) => {
    const money = readWrittenMoney(text, own)
    if (!money || !isRight(money.amount)) return null
    return { written: money, isBare: isBareAmount(text, own) }
  })
  if (!read) return null
  const { written, isBare } = read
  const said = isBare ? null : written.currency
  const declared = element.attribute('currency', (code) => parseCurrencyCode(code, said, own))
  const currency = declared ?? said
  return currency === null ? { ...written, currencyAssumed: true } : { ...written, currency }
}

export function readPrice(element: ElementCursor | null, defaultCurrency: string): Price | null {
  if (!element) return null
  const delta = element.glance('delta')?.toLowerCase()
  const money = readMoney(element, defaultCurrency, (amount) => isPriceAmount(amount, delta))
  if (!money) return null
  return {
    ...money,
    type: element.attribute('type', oneOf(PRICE_TYPES)),
    delta: element.attribute('delta', oneOf(['absolute', 'relative', 'percentage'])),
    relativeTo: element.attribute('relativeto', oneOf(['msrp', 'invoice'])),
    source: element.attribute('source')
  }
}

/** Reads a value of a list in any case; anything else is not understood. */
export function oneOf<const T extends string>(values: readonly T[]): (text: string) => T | null {
  return (text) => values.find((value) => value === text.toLowerCase()) ?? null
}

/** Reads a whole number between two bounds, with or without a sign. */
export function integerBetween(least: number, most: number): (text: string) => number | null {
  return (text) => {
    if (!/^[+-]?\d{1,9}$/.test(text)) return null
    const value = Number(text)
    return value >= least && value <= most ? value + 0 : null
  }
}

/** A code that contradicts the symbol in the text stays unread, so both remain visible. */
function parseCurrencyCode(code: string, written: string | null, own: string): string | null {
  const named = code === '$' ? null : readCurrency(code, own)
  return written === null || written === named ? named : null
}
