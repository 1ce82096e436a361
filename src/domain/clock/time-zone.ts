import { WEEKDAYS } from './working-hours.ts'
import type { Weekday } from './working-hours.ts'

export const SECOND_MS = 1000
export const DAY_MS = 86_400_000

/** A span of time in which a zone's clocks show the same beyond UTC; all in milliseconds. */
interface Stretch {
  from: number
  until: number
  offset: number
}

/** The local date and time of a zone at one moment. */
interface LocalTime {
  /** `YYYY-MM-DD` */
  date: string
  /** `HH:MM` */
  time: string
  weekday: Weekday
}

/** Zones whose stretches are kept; there are about 600 names. One of them takes a few kilobytes. */
const MAX_ZONES = 700
const MAX_YEARS = 100

/** No zone goes back on a change within a week: the shortest that some make last for a month. */
const PROBE_MS = 7 * DAY_MS

/** By zone and year: finding a year's changes asks Intl some 100 times. */
const stretches = new Map<string, Map<number, readonly Stretch[]>>()

/** The offset of a zone from UTC at a moment, in milliseconds. */
export function zoneOffset(at: Date, timeZone: string): number {
  const stretch = stretchesOfYear(timeZone, at.getUTCFullYear()).find(
    ({ until }) => at.getTime() < until
  )
  return stretch?.offset ?? 0
}

/** The local date and time of a zone. */
export function localTimeOf(at: Date, timeZone: string): LocalTime {
  const local = new Date(at.getTime() + zoneOffset(at, timeZone))
  const text = local.toISOString()
  return {
    date: text.slice(0, text.indexOf('T')),
    time: text.slice(text.indexOf('T') + 1).slice(0, 5),
    weekday: weekdayOf(Math.floor(local.getTime() / DAY_MS))
  }
}

/** The first moment that the clocks of a zone date as they date `at`; most days it is midnight. */
export function dayStart(at: Date, timeZone: string): Date {
  const day = Math.floor((at.getTime() + zoneOffset(at, timeZone)) / DAY_MS)
  // A day that is set back can last for 25 hours or, where clocks once jumped further, for longer.
  const span = { from: at.getTime() - 2 * DAY_MS, until: at.getTime() + 1 }
  for (const { from, until, offset } of stretchesBetween(timeZone, span)) {
    const start = Math.max(from, day * DAY_MS - offset)
    if (start < Math.min(until, (day + 1) * DAY_MS - offset)) return new Date(start)
  }
  return at
}

/** The day after a date (`YYYY-MM-DD`). */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + DAY_MS).toISOString().slice(0, 10)
}

/**
 * The first moment that the clocks of a zone date as `date` (`YYYY-MM-DD`) or later: where a zone
 * leaves a day out, the day after.
 */
export function dateStart(date: string, timeZone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00.000Z`)
  const span = { from: midnight - 2 * DAY_MS, until: midnight + 2 * DAY_MS }
  for (const { from, until, offset } of stretchesBetween(timeZone, span)) {
    const start = Math.max(from, midnight - offset)
    if (start < until) return new Date(start)
  }
  throw new RangeError('no zone is two days from UTC')
}

/** The weekday of a date, given as days since 1970-01-01, a Thursday. */
export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'monday'
}

/** A span of time cut where a zone's clocks change, in order. */
export function* stretchesBetween(
  timeZone: string,
  { from, until }: { from: number; until: number }
): Generator<Stretch> {
  if (until <= from) return
  const lastYear = new Date(until - 1).getUTCFullYear()
  for (let year = new Date(from).getUTCFullYear(); year <= lastYear; year += 1) {
    for (const stretch of stretchesOfYear(timeZone, year)) {
      const cut = { from: Math.max(from, stretch.from), until: Math.min(until, stretch.until) }
      if (cut.from < cut.until) yield { ...cut, offset: stretch.offset }
    }
  }
}

function stretchesOfYear(timeZone: string, year: number): readonly Stretch[] {
  let years = stretches.get(timeZone)
  if (!years) {
    if (stretches.size >= MAX_ZONES) stretches.clear()
    years = new Map()
    stretches.set(timeZone, years)
  }
  let found = years.get(year)
  if (!found) {
    if (years.size >= MAX_YEARS) years.clear()
    found = findStretches(timeZone, year)
    years.set(year, found)
  }
  return found
}

/** Looks at every week of a year and, where the offset is another than before, for the moment. */
function findStretches(timeZone: string, year: number): Stretch[] {
  const offsetAt = offsetReader(timeZone)
  const end = Date.UTC(year + 1, 0)
  const found: Stretch[] = []
  let from = Date.UTC(year, 0)
  let offset = offsetAt(from)
  for (let probe = from; probe < end;) {
    const next = Math.min(probe + PROBE_MS, end)
    if (offsetAt(next) === offset) {
      probe = next
      continue
    }
    probe = findChange(probe, next, offsetAt)
    found.push({ from, until: probe, offset })
    from = probe
    offset = offsetAt(probe)
  }
  if (from < end) found.push({ from, until: end, offset })
  return found
}

/** The second after `before`, up to `after`, from which the offset is no longer that of `before`. */
function findChange(before: number, after: number, offsetAt: (at: number) => number): number {
  const offset = offsetAt(before)
  let [low, high] = [before / SECOND_MS, after / SECOND_MS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * SECOND_MS) === offset) low = middle
    else high = middle
  }
  return high * SECOND_MS
}

function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  })
  return (at) => {
    const of = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)])
    ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
    return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second) - at
  }
}
