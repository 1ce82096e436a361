import { localInstant } from '../clock/local-instant.ts'
import type { Money, Odometer } from '../leads/lead.ts'

/** What people write into the cells of a list, and what it means. Null: it can't be read as that. */

const OFFSET = String.raw`(Z|[+-]\d\d:?\d\d)?`
const CLOCK = String.raw`(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?${OFFSET})?`
const BY_YEAR = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${CLOCK}$`, 'i')
const BY_DAY = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${CLOCK}$`, 'i')

/** `2026-11-21` or `21.11.2026` as an ISO 8601 day. Days with slashes mean two things, and are not read. */
export function readDay(text: string): string | null {
  const [, year, month, day, hour] = partsOf(text) ?? []
  if (year === undefined || hour !== undefined) return null
  return calendarDay(year, month, day)
}

/** A day or a time, of the given zone where it says none, as RFC 3339 in UTC. */
export function readTime(text: string, timeZone: string): string | null {
  const [, year, month, day, hour = '0', minute = '00', second = '00', offset] = partsOf(text) ?? []
  const date = calendarDay(year, month, day)
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}`
  if (date === null) return null
  if (offset !== undefined) {
    const at = Date.parse(`${date}T${clock}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
    return Number.isNaN(at) ? null : new Date(at).toISOString()
  }
  return localInstant(`${date}T${clock}`, timeZone)
}

/** Year, month, day, hour, minute, second and offset, at the places 1 to 7. */
function partsOf(text: string): (string | undefined)[] | null {
  const byYear = BY_YEAR.exec(text)
  if (byYear) return byYear
  const byDay = BY_DAY.exec(text)
  return byDay && [byDay[0], byDay[3], byDay[2], byDay[1], ...byDay.slice(4)]
}

function calendarDay(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  // February has no thirtieth: what the calendar moves on to is another day.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
  return isDay ? date : null
}

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

const SIGNS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', zł: 'PLN', kč: 'CZK' }

/** An amount, of the given currency where it says none: `79 900 zł`, `PLN 79900`, `€ 1.200,50`. */
export function readMoney(text: string, currency: string): Money | null {
  const [, before = '', number = '', after = ''] =
    /^([^\d+-]*)([+-]?\d(?:[\d.,' \u00a0\u202f]*\d)?)(\D*)$/.exec(text.trim()) ?? []
  const said = (before.trim() === '' ? after : before).trim()
  if (before.trim() !== '' && after.trim() !== '') return null
  const named = SIGNS[said.toLowerCase()] ?? (/^[a-z]{3}$/i.test(said) ? said.toUpperCase() : null)
  const amount = readDecimal(number)
  if (amount === null || (said !== '' && named === null)) return null
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(amount) ? { amount, currency: named ?? currency } : null
}

/** How far a vehicle has gone, in the given unit where it says none. */
export function readOdometer(text: string, unit: 'km' | 'mi'): Odometer | null {
  const [, number = '', said = ''] =
    /^([\d.,'\s]+)([a-z]*)$/i.exec(text.trim().replace(/\.$/, '')) ?? []
  const named = said === '' ? unit : unitOf(said.toLowerCase())
  const value = Number(readDecimal(number) ?? Number.NaN)
  if (named === null || !Number.isInteger(value) || value > 10_000_000) return null
  return { value, unit: named, status: null }
}

function unitOf(word: string): 'km' | 'mi' | null {
  if (['km', 'kms', 'kilometers', 'kilometres'].includes(word)) return 'km'
  return ['mi', 'mile', 'miles'].includes(word) ? 'mi' : null
}

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'tak', 'sí', 'si', 'ja', 'oui'])
const NO = new Set(['false', 'no', 'n', '0', 'nie', 'nein', 'non'])

export function readFlag(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : null
}
