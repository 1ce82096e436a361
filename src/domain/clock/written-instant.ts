import { unwrappedText } from '../text/wrapped-values.ts'
import { withoutLeap } from './written-clock.ts'
import { dayAfter, orderInCountry, readTime } from './written-time.ts'

const TIMESTAMP =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:T|\s+)(\d{2}):?(\d{2})(?::?(\d{2})([.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})$/i
/** Programs write their first or last day where they have no time: the years 1, 1899, 1900, 1904 or 9999. */
const LIKELY = /^(?:19[5-9]|20)\d/
/** Seconds, or milli-, micro- or nanoseconds, since 1970; alone or as ASP.NET writes them in JSON. */
const EPOCH =
  /^(?:\\?\/?Date\()?(\d{10}|\d{13}|1[0-8]\d{14}|1[0-8]\d{17})(?:\.(\d{1,9}))?(?:[+-]\d{4})?(?:\)\\?\/?)?$/

/** How times are read that say no offset, and days of numbers alone. */
export interface TimeReading {
  /** ISO 3166-1 alpha-2: how days of numbers alone are read. */
  country: string
  /** IANA name. */
  timeZone: string
}

/**
 * A time as RFC 3339, or null: it is none. One with an offset keeps it; another is one of the given zone. A
 * day alone is its midnight; ten digits are seconds since 1970, thirteen milliseconds, and so on. Times before 1950
 * and after 2099 are none.
 */
export function readInstant(text: string, reading: TimeReading): string | null {
  const instant = readAny(text, reading)
  return instant !== null && isLikelyTime(instant) ? instant : null
}

/** Whether a time in RFC 3339, or a day, is of the years 1950 to 2099. */
export function isLikelyTime(instant: string): boolean {
  return LIKELY.test(instant)
}

function readAny(text: string, reading: TimeReading): string | null {
  const plain = text.trim()
  const sure = readEpoch(plain) ?? parseTimestamp(plain)
  if (sure !== null) return sure
  const { country, timeZone } = reading
  return readTime(plain, { order: orderInCountry(plain, country), timeZone })
}

/** The time of so many seconds, or smaller parts of them, since 1970, or null: the text is no such number. */
export function readEpoch(text: string): string | null {
  const [, digits = '', fraction = ''] = EPOCH.exec(unwrappedText(text).trim()) ?? []
  if (digits === '') return null
  return new Date(Number(`${digits}${fraction}`.padEnd(13, '0').slice(0, 13))).toISOString()
}

/**
 * Reads a point in time into RFC 3339 with the sender's own offset: the two forms of ADF, and
 * what is sent instead (`Z`, fractions, blanks for the T). Without an offset it is not a point in
 * time, and null.
 */
export function parseTimestamp(text: string): string | null {
  const match = TIMESTAMP.exec(text.trim())
  if (!match) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', seconds = '00'] = match
  const second = String(withoutLeap(Number(seconds))).padStart(2, '0')
  const fraction = (match[7] ?? '').replace(',', '.')
  const zone = (match[8] ?? '').toUpperCase()
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`

  const isEnd = hour === '24' && !/[1-9]/.test(minute + second + fraction)
  const isTime = (Number(hour) < 24 || isEnd) && Number(minute) < 60 && Number(second) < 60
  const isOffset = zone === 'Z' || (Number(zone.slice(1, 3)) < 24 && Number(zone.slice(-2)) < 60)
  if (!isTime || !isOffset || !isCalendarDay(year, month, day)) return null
  const date = `${year}-${month}-${day}`
  if (isEnd) return `${dayAfter(date)}T00:${minute}:${second}${fraction}${offset}`
  return `${date}T${hour}:${minute}:${second}${fraction}${offset}`
}

/** Whether there is such a day, in the digits of a date. */
export function isCalendarDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}
