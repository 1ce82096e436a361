import { localInstant } from '../clock/local-instant.ts'
import { isCalendarDay, parseTimestamp } from './dates.ts'

/** How a dealer's senders write times that say no offset. */
export interface LocalClock {
  /** IANA name. */
  timeZone: string
  /** Whether `11/12/2026` is in November. */
  isMonthFirst: boolean
}

const MAX_LENGTH = 60

const CLOCK =
  /(?:T|,? )(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(?:([ap])\.?m\.?)? ?(Z|[+-]\d\d:?\d\d|GMT|UTC)?$/i
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?$/i

/**
 * Reads a time as `parseTimestamp` does and, where it says no offset, by the dealer's clock: ISO 8601 with
 * a blank for the T, `20.11.2026 14:05`, `11/20/2026 2:05 PM`, and the form of mails
 * (`Fri, 20 Nov 2026 14:05:11 +0100`). A day alone is its midnight. RFC 3339, or null: it is no time.
 */
export function readTime(text: string, clock: LocalClock): string | null {
  const plain = text.trim().replace(/\s+/g, ' ')
  const exact = parseTimestamp(plain)
  if (exact !== null || plain.length > MAX_LENGTH) return exact
  const compact = COMPACT.exec(plain)
  if (compact) {
    const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = compact
    if (!isCalendarDay(year, month, day)) return null
    return localInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}`, clock.timeZone)
  }
  const found = CLOCK.exec(plain)
  const [, hour = '0', minute = '00', second = '00', half, offset] = found ?? []
  const day = readDay(plain.slice(0, found?.index ?? plain.length), clock)
  const hours = hourOf(Number(hour), half?.toLowerCase())
  if (day === null || hours === null) return null
  const local = `${day}T${String(hours).padStart(2, '0')}:${minute}:${second}`
  if (offset === undefined) return localInstant(local, clock.timeZone)
  return parseTimestamp(local + (/^[zgu]/i.test(offset) ? 'Z' : offset))
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour < 24 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'p' ? 12 : 0)
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day with the month as number or English word, as `YYYY-MM-DD`; two digits of a year are of this century. */
function readDay(text: string, { isMonthFirst }: LocalClock): string | null {
  const byYear = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (byYear) return dayOf(byYear[1], byYear[2], byYear[3])
  const numbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/.exec(text)
  if (numbers) {
    const [, first, mark, second, year] = numbers
    const inOrder = mark !== '.' && isMonthFirst
    const usual = inOrder ? dayOf(year, first, second) : dayOf(year, second, first)
    return usual ?? (inOrder ? dayOf(year, second, first) : dayOf(year, first, second))
  }
  const words = text.replace(/^[a-z]{3,9}(?:, | (?=[a-z]))/i, '').toLowerCase()
  const [, day, month, year] = /^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})$/.exec(words) ?? []
  if (month !== undefined) return dayOf(year, monthOf(month), day)
  const [, name = '', date, of] = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/.exec(words) ?? []
  return dayOf(of, monthOf(name), date)
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name) + 1)
}

function dayOf(year = '', month = '', day = ''): string | null {
  const parts = [year.padStart(4, '20'), month.padStart(2, '0'), day.padStart(2, '0')] as const
  return isCalendarDay(...parts) ? parts.join('-') : null
}
