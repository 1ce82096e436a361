import type { Money } from '../leads/values.ts'
import type { Price } from '../leads/vehicle.ts'
import { readCurrency } from '../leads/currencies.ts'
import type { ElementCursor } from './element-cursor.ts'

const PRICE_TYPES = ['quote', 'offer', 'msrp', 'invoice', 'call', 'appraisal', 'asking'] as const
/** Fifteen digits with every separator and a currency fit; what is longer is no amount. */
const MAX_AMOUNT_LENGTH = 40

/**
 * Reads the element's text and `currency` as an amount; what is ambiguous is not taken. One without a
 * currency is in that of the dealer, and marked so: it is never passed on as given.
 */
export function readMoney(element: ElementCursor, defaultCurrency: string): Money | null {
  const written = element.text(parseMoney)
  if (!written) return null
  const declared = element.attribute('currency', (code) =>
    parseCurrencyCode(code, written.currency)
  )
  const currency = declared ?? written.currency
  return currency === null
    ? { amount: written.amount, currency: defaultCurrency, currencyAssumed: true }
    : { amount: written.amount, currency }
}

export function readPrice(element: ElementCursor | null, defaultCurrency: string): Price | null {
  if (!element) return null
  const money = readMoney(element, defaultCurrency)
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

/**
 * Reads digits with or without separators into decimal text. A mark before exactly three digits sets
 * thousands apart, as in lists: neither amounts nor distances have three decimals.
 */
export function parseDecimal(text: string): string | null {
  if (text.length > MAX_AMOUNT_LENGTH) return null
  const compact = text.replace(/(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))/g, '')
  const plain = /^([+-]?)(\d{1,15})(?:\.(\d{1,2}|\d{4,6}))?$/.exec(compact)
  if (plain) return joinDecimal(plain[1], plain[2], plain[3])
  const american = /^([+-]?)(\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?$/.exec(compact)
  if (american) return joinDecimal(american[1], american[2], american[3])
  const european =
    /^([+-]?)(\d{1,3}(?:\.\d{3}){1,4}),(\d{1,2})$/.exec(compact) ??
    /^([+-]?)(\d{1,15}),(\d{1,2})$/.exec(compact) ??
    /^([+-]?)(\d{1,3}(?:\.\d{3}){1,4})()$/.exec(compact)
  if (european) return joinDecimal(european[1], european[2], european[3])
  return null
}

function joinDecimal(sign = '', whole = '', fraction = ''): string {
  const digits = whole.replace(/[.,]/g, '')
  return `${sign === '-' ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`
}

/** `$` says nothing about whose dollar it is, so it leaves the currency open. */
function parseMoney(text: string): { amount: string; currency: string | null } | null {
  if (text.length > MAX_AMOUNT_LENGTH) return null
  const match =
    /^([+-]?) ?(?:([\p{L}$€£]{1,8}\.?) ?)?([+-]?\d(?:[\d.,' ]*\d)?)(?: ?([\p{L}$€£]{1,8}\.?))?$/u.exec(
      text.trim().replace(/\s+/g, ' ')
    )
  if (!match) return null
  const [, sign = '', before = '', digits = '', after = ''] = match
  if (before !== '' && after !== '' && before !== after) return null
  const amount = parseDecimal(sign + digits)
  const mark = before === '' ? after : before
  if (amount === null) return null
  if (mark === '' || mark === '$') return { amount, currency: null }
  const currency = readCurrency(mark)
  return currency === null ? null : { amount, currency }
}

/** A code that contradicts the symbol in the text stays unread, so both remain visible. */
function parseCurrencyCode(code: string, written: string | null): string | null {
  const named = code === '$' ? null : readCurrency(code)
  return written === null || written === named ? named : null
}
