import { isCalendarDay, parseTimestamp, readInstant } from './written-instant.ts'
import type { TimeReading } from './written-instant.ts'
import { orderInCountry, readDay } from './written-time.ts'

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})$/

/** Accepts a day or a point in time as given, where it is ISO 8601; another form is read. */
export function parseDayOrTime(text: string, reading: TimeReading): string | null {
  const day = DAY.exec(text)
  if (day) return isCalendarDay(day[1] ?? '', day[2] ?? '', day[3] ?? '') ? text : null
  const time = parseTimestamp(text)
  if (time !== null) return /[T ](?:24|\d\d:?\d\d:?60)/i.test(text) ? time : text
  return readDay(text, orderInCountry(text, reading.country)) ?? readInstant(text, reading)
}
