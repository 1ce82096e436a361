import { isCalendarDay, parseTimestamp, readInstant } from '../clock/written-instant.ts'
import type { TimeReading } from '../clock/written-instant.ts'
import { readDay } from '../clock/written-time.ts'

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})$/

/** Accepts a day or a point in time as given, where it is ISO 8601; another form is read. */
export function parseDayOrTime(text: string, reading: TimeReading): string | null {
  const day = DAY.exec(text)
  if (day) return isCalendarDay(day[1] ?? '', day[2] ?? '', day[3] ?? '') ? text : null
  if (parseTimestamp(text) !== null) return text
  return readDay(text, reading.order) ?? readInstant(text, reading)
}

/**
 * Writes `CCYY-MM-DDThh:mm:ss±hh:mm`, the one form every receiver reads. ADF has no `Z` and no
 * fractions of a second.
 */
export function formatRequestDate(submittedAt: string | null, receivedAt: Date): string {
  const sent = submittedAt === null ? null : parseTimestamp(submittedAt)
  const timestamp = sent ?? receivedAt.toISOString()
  return timestamp.replace(/\.\d+/, '').replace(/Z$/, '+00:00')
}
