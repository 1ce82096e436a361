const TIMESTAMP =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:T|\s+)(\d{2}):?(\d{2})(?::?(\d{2})([.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})$/i

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})$/

/**
 * Reads a point in time into RFC 3339 with the sender's own offset: the two forms of ADF, and
 * what is sent instead (`Z`, fractions, blanks for the T). Without an offset it is not a point in
 * time, and null.
 */
export function parseTimestamp(text: string): string | null {
  const match = TIMESTAMP.exec(text.trim())
  if (!match) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = match
  const fraction = (match[7] ?? '').replace(',', '.')
  const zone = (match[8] ?? '').toUpperCase()
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`

  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  const isOffset = zone === 'Z' || (Number(zone.slice(1, 3)) < 24 && Number(zone.slice(-2)) < 60)
  if (!isTime || !isOffset || !isCalendarDay(year, month, day)) return null
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offset}`
}

/** Accepts a day or a point in time as given; anything else is null. */
export function parseDayOrTimestamp(text: string): string | null {
  const day = DAY.exec(text)
  if (day) return isCalendarDay(day[1] ?? '', day[2] ?? '', day[3] ?? '') ? text : null
  return parseTimestamp(text) === null ? null : text
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

/** Whether there is such a day, in the digits of a date. */
export function isCalendarDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}
