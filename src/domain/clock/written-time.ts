import { fold } from '../text/fold.ts'
import { unwrappedText } from '../text/wrapped-values.ts'
import { isSaidOfNoDay, monthOf } from './date-words.ts'
import { withMonth } from './iso-days.ts'
import { localInstant } from './local-instant.ts'
import { mendedTime } from './mended-time.ts'
import { clockOf, isEndOfDay } from './written-clock.ts'
import type { WrittenClock } from './written-clock.ts'

/** The orders of the numbers of a day: `dmy` is `20/11/2026`, `mdy` is `11/20/2026`. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** Where people write the month first. */
const MONTH_FIRST = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP', 'PH'])

/** The usual order of the numbers of a day in a country (ISO 3166-1 alpha-2). */
export function usualDateOrder(country: string): DateOrder {
  return MONTH_FIRST.has(country) ? 'mdy' : 'dmy'
}

/**
 * The order in which a day is read that stands alone, at a dealer of this country. Points set the day before
 * the month everywhere. Null: the year may be first or last, and the country does not tell.
 */
export function orderInCountry(text: string, country: string): DateOrder | null {
  const shown = shownOrder(text)
  if (shown === 'yearOpen') return orderOfOpenYear([lastOfDay(text)], country)
  if (shown === 'ymd') return shown
  return shown === 'dotted' ? 'dmy' : usualDateOrder(country)
}

/** Where people write the year first, with two digits too. */
const YEAR_FIRST = new Set(['CN', 'JP', 'KR', 'TW', 'MN', 'HU', 'LT', 'SE'])

/**
 * The order of days such as `20-11-26`, whose year may be first or last and which nothing else decides: the
 * country's. Null: it would be a year that is far to come, or a month that is none.
 */
export function orderOfOpenYear(lasts: readonly number[], country: string): DateOrder | null {
  if (YEAR_FIRST.has(country)) return 'ymd'
  if (MONTH_FIRST.has(country)) return null
  const nextYear = new Date(Date.now()).getUTCFullYear() + 1
  return lasts.every((last) => 2000 + last <= nextYear) ? 'dmy' : null
}

/** The last number of a day of three. */
export function lastOfDay(text: string): number {
  return Number(partsOf(text)?.numbers.at(-1) ?? 0)
}

/**
 * How the numbers of a written day may be ordered; `sure`: the text itself shows it, `yearOpen`: the year is
 * the first or the last number.
 */
export type ShownOrder = 'sure' | 'dmy' | 'mdy' | 'ymd' | 'either' | 'dotted' | 'yearOpen'

/** Longer texts are no times; what browsers write, with the name of a zone, is shorter. */
const MAX_LENGTH = 120

/** Characters that programs put into times: blanks that do not break, and marks of direction. */
const MARKS = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * A day as `YYYY-MM-DD`, or null: the text is no day. A midnight without an offset is a day too, as
 * spreadsheets write it; `24:00` is the midnight of the next one. `order` is for days such as `11/12/2026`; null: these are not read.
 */
export function readDay(text: string, order: DateOrder | null): string | null {
  const parts = partsOf(text)
  if (!parts || (parts.clock && !isMidnight(parts.clock))) return null
  const day = dayOf(parts, order)
  return day !== null && parts.clock && isEndOfDay(parts.clock) ? dayAfter(day) : day
}

/** A day or a time as RFC 3339 in UTC, or null. A time without an offset is one of the given zone. */
export function readTime(
  text: string,
  { order, timeZone }: { order: DateOrder | null; timeZone: string }
): string | null {
  const parts = partsOf(text)
  const day = parts && dayOf(parts, order)
  if (!parts || day === null) return null
  const { hour, minute, second, millisecond, offset, zone } = parts.clock ?? MIDNIGHT
  const clock = [hour % 24, minute, second].map(twoDigits).join(':')
  const fraction = String(millisecond).padStart(3, '0')
  const local = `${hour === 24 ? dayAfter(day) : day}T${clock}.${fraction}`
  if (offset === null) return localInstant(local, zone ?? timeZone)
  return new Date(Date.parse(`${local}Z`) - offset * 60_000).toISOString()
}

/** What the text shows of the order of its day and month, or null: it is no day. */
export function shownOrder(text: string): ShownOrder | null {
  const parts = partsOf(text)
  if (!parts) return null
  if (dayOf(parts, null) !== null) return parts.order ?? 'sure'
  const { numbers, separator } = parts
  if (parts.isYearOpen) return 'yearOpen'
  if (dayOf(parts, 'dmy') === null && dayOf(parts, 'mdy') === null) return null
  if (numbers.length < 3) return null
  return separator === '.' ? 'dotted' : 'either'
}

const MIDNIGHT: WrittenClock = {
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
  offset: null,
  zone: null
}

function isMidnight(clock: WrittenClock): boolean {
  const { hour, minute, second, millisecond, offset, zone } = clock
  const isStart = hour === 0 && minute === 0 && second === 0 && millisecond === 0
  return offset === null && zone === null && (isStart || isEndOfDay(clock))
}

/** The day after one as `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

interface WrittenParts {
  /** The numbers of the day, in the order of the text. */
  numbers: string[]
  /** Named by a word, 1 to 12; null: the month is one of the numbers. */
  month: number | null
  separator: string
  clock: WrittenClock | null
  /** What the numbers show, where one of them is more than 12. */
  order: DateOrder | null
  /** Whether the first or the last number is the year: `20-11-26` is of 2020 or of 2026. */
  isYearOpen: boolean
}

/** A text that can't be read as it is written is read as it is mended. */
function partsOf(given: string): WrittenParts | null {
  const text = unwrappedText(given)
  if (text.length > MAX_LENGTH) return null
  return partsAsWritten(text) ?? partsAsWritten(mendedTime(text))
}

function partsAsWritten(text: string): WrittenParts | null {
  const plain = withMonth(text.replace(MARKS, '').replace(/\s+/g, ' ').trim())
  const serial = serialOf(plain)
  if (serial) return serial
  const compact = plain.replace(
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)((?:\d\d(?:[.,]\d{1,9})?)?)(?=Z|[+-]|$)|(?=$| ))/i,
    (_, year: string, month: string, day: string, hour?: string, minute = '00', second = '') =>
      `${year}-${month}-${day}${hour === undefined ? '' : `T${hour}:${minute}:${second === '' ? '00' : second}`}`
  )
  const { clock, rest } = clockOf(compact)
  return clock === 'wrong' ? null : dayPartsOf(rest, clock)
}

/** Days since 1899-12-30, as spreadsheets store times: the years 1954 to 2119. */
function serialOf(text: string): WrittenParts | null {
  if (!/^\d{5}(?:[.,]\d{1,15})?$/.test(text)) return null
  const serial = Number(text.replace(',', '.'))
  if (serial < 20_000 || serial > 80_000) return null
  const seconds = Math.round(serial * 86_400)
  const [year = '', month = '', day = ''] = new Date(Date.UTC(1899, 11, 30) + seconds * 1000)
    .toISOString()
    .slice(0, 10)
    .split('-')
  const clock = {
    hour: Math.floor((seconds % 86_400) / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
    millisecond: 0,
    offset: null,
    zone: null
  }
  return {
    numbers: [year, month, day],
    month: null,
    separator: '-',
    clock,
    order: null,
    isYearOpen: false
  }
}

function dayPartsOf(text: string, clock: WrittenClock | null): WrittenParts | null {
  const numbers: string[] = []
  let month: number | null = null
  for (const [token] of text.matchAll(/\d+|\p{L}+/gu)) {
    if (/\d/.test(token)) {
      numbers.push(token)
      continue
    }
    const word = fold(token)
    if (isSaidOfNoDay(word)) continue
    const named = monthOf(word)
    if (named === null || month !== null) return null
    month = named
  }
  if (numbers.length !== (month === null ? 3 : 2)) return null
  if (numbers.some((number) => number.length > 2 && number.length !== 4)) return null
  // Signs that stand in no day.
  if (/[^\d\p{L}\s.,/\-'’()]/u.test(text)) return null
  const separator = /\d\s?([./-])/.exec(text)?.[1] ?? ' '
  const [first = 0, second = 0] = numbers.map(Number)
  const isOpen = month === null && numbers[0]?.length !== 4
  const year = isOpen && separator === '-' ? shortYear(numbers.map(Number)) : null
  if (year !== null) {
    const isYearOpen = year === 'open'
    return { numbers, month, separator, clock, order: isYearOpen ? null : 'ymd', isYearOpen }
  }
  const order = isOpen && first > 12 ? 'dmy' : isOpen && second > 12 ? 'mdy' : null
  return { numbers, month, separator, clock, order, isYearOpen: false }
}

/**
 * Programs shorten ISO 8601 to `26-11-05`, and people write `20-11-26`. Years of two digits that leads are of
 * tell which is meant. Null: the year is not the first number.
 */
function shortYear([first = 0, second = 0, third = 0]: number[]): 'first' | 'open' | null {
  if (first <= 12 || second > 12 || third > 31) return null
  if (first > 31) return 'first'
  if (!isYearOfLeads(first)) return null
  return isYearOfLeads(third) ? 'open' : 'first'
}

function isYearOfLeads(number: number): boolean {
  return number >= 20 && number < 50
}

/** The day as `YYYY-MM-DD`, or null: it is none, or its order is open and not given. */
function dayOf(
  { numbers, month, order: shown }: WrittenParts,
  order: DateOrder | null
): string | null {
  const [first = '', second = '', third = ''] = numbers
  if (month !== null) {
    const [day, year] = first.length === 4 ? [second, first] : [first, second]
    return calendarDay(year, month, day)
  }
  if (first.length === 4) return calendarDay(first, Number(second), third)
  // That the year is first is likely, and less than what a person or the other values say.
  const told = shown === 'ymd' ? (order ?? shown) : (shown ?? order)
  if (told === 'ymd' && third.length <= 2) {
    const day = calendarDay(first, Number(second), third)
    if (day !== null) return day
  }
  const [day, inYear] = told === 'mdy' ? [second, first] : [first, second]
  const isSame = Number(first) === Number(second)
  return shown === null && (order === null || order === 'ymd') && !isSame
    ? null
    : calendarDay(third, Number(inYear), day)
}

function calendarDay(year: string, month: number, day: string): string | null {
  if (year.length === 3 || day.length > 2 || year === '') return null
  const date = `${fullYear(year)}-${twoDigits(month)}-${twoDigits(day)}`
  const time = Date.parse(`${date}T00:00:00Z`)
  // February has no thirtieth: what the calendar moves on to is another day.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
  return isDay ? date : null
}

function twoDigits(number: number | string): string {
  return String(number).padStart(2, '0')
}

/** Years of two digits are those of 1950 to 2049. */
function fullYear(year: string): string {
  if (year.length === 4) return year
  return `${Number(year) < 50 ? '20' : '19'}${year.padStart(2, '0')}`
}
