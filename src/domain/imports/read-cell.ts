import { readChoice } from '../leads/choice-synonyms.ts'
import { readCurrency } from '../leads/currencies.ts'
import { DISTANCE_UNITS } from '../leads/values.ts'
import type { DistanceUnit, Money } from '../leads/values.ts'
import type { Odometer } from '../leads/vehicle.ts'

/** What people write into the cells of a list, and what it means. Null: it can't be read as that. */

/**
 * A number as decimal text: `79 900,50`, `79,900.50`, `79.900` and `79900.5`. The last of comma and
 * point is the decimal mark, unless it stands alone before exactly three digits, or stands more than
 * once: then it sets thousands apart.
 */
export function readDecimal(text: string): string | null {
  const [, sign = '', digits] = /^([+-]?)(\d[\d.,' \u00a0\u202f]*)$/.exec(text.trim()) ?? []
  const plain = digits?.replace(/[' \u00a0\u202f]/g, '') ?? ''
  const mark = decimalMark(plain)
  const [whole = '', fraction = ''] = mark === null ? [plain] : splitAt(plain, mark)
  const number = whole.replace(/[.,]/g, '')
  if (!/^\d{1,12}$/.test(number) || !/^\d{0,12}$/.test(fraction)) return null
  if (!isGrouped(whole)) return null
  const value = `${number.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`
  return sign === '-' ? `-${value}` : value
}

function decimalMark(text: string): number | null {
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  if (last === -1) return null
  const mark = text.charAt(last)
  const isOnly = text.indexOf(mark) === last
  const hasOther = text.includes(',') && text.includes('.')
  if (!isOnly) return null
  return hasOther || text.length - last !== 4 ? last : null
}

function splitAt(text: string, place: number): [string, string] {
  return [text.slice(0, place), text.slice(place + 1)]
}

/** Whether marks stand between groups of three only: 1.23.456 is no number. */
function isGrouped(whole: string): boolean {
  return !/[.,]/.test(whole) || /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole)
}

/** An amount, of the given currency where it says none: `79 900 zł`, `PLN 79900`, `€ 1.200,50`. */
export function readMoney(text: string, currency: string): Money | null {
  const [, before = '', number = '', after = ''] =
    /^([^\d+-]*)([+-]?\d(?:[\d.,' \u00a0\u202f]*\d)?)(\D*)$/.exec(text.trim()) ?? []
  const said = (before.trim() === '' ? after : before).trim()
  if (before.trim() !== '' && after.trim() !== '') return null
  const named = readCurrency(said)
  const amount = readDecimal(number)
  if (amount === null || (said !== '' && named === null)) return null
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(amount) ? { amount, currency: named ?? currency } : null
}

/** Whether an amount names no currency. */
export function isBareAmount(text: string): boolean {
  return /^[\d\s.,'+-]+$/.test(text)
}

/** How far a vehicle has gone, in the given unit where it says none. */
export function readOdometer(text: string, unit: DistanceUnit): Odometer | null {
  const [, number = '', said = ''] =
    /^([\d.,'\s]+)(\p{L}*)$/u.exec(text.trim().replace(/\.$/, '')) ?? []
  const named = said === '' ? unit : readChoice(said, DISTANCE_UNITS)
  const value = Number(readDecimal(number) ?? Number.NaN)
  if (named === null || !Number.isInteger(value) || value > 10_000_000) return null
  return { value, unit: named, status: null }
}

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'on', 'checked', 'tak', 'sí', 'si', 'ja', 'oui'])
const NO = new Set(['false', 'no', 'n', '0', 'off', 'nie', 'nein', 'non'])

export function readFlag(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : null
}
