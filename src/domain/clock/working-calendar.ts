import { DAY_MS, zoneOffset } from './time-zone.ts'
import type { WorkingHours } from './working-hours.ts'
import { workedIntervals } from './working-time.ts'

/** A span of time, in milliseconds since 1970; `until` is outside. */
interface Span {
  from: number
  until: number
}

/**
 * The working time of a span as three rows of numbers in milliseconds, by which any two of its moments
 * can be measured without asking what a clock shows: up to a moment in or after the interval that
 * begins at `starts[i]`, and before the next, `before[i]` and at most `lengths[i]` has been worked.
 */
export interface WorkingCalendar {
  starts: number[]
  lengths: number[]
  before: number[]
}

/** The calendar of a span; without hours all of it is working time. */
export function workingCalendar(
  hours: WorkingHours | null,
  dealerZone: string,
  span: Span
): WorkingCalendar {
  const calendar: WorkingCalendar = { starts: [], lengths: [], before: [] }
  let worked = 0
  for (const { from, until } of joined(intervalsOf(hours, dealerZone, span))) {
    calendar.starts.push(from)
    calendar.lengths.push(until - from)
    calendar.before.push(worked)
    worked += until - from
  }
  return calendar
}

/** The number of working days in a span; without hours every day counts. */
export function countWorkingDays(
  hours: WorkingHours | null,
  dealerZone: string,
  span: Span
): number {
  const timeZone = hours?.timeZone ?? dealerZone
  const dayOf = (at: number) => Math.floor((at + zoneOffset(new Date(at), timeZone)) / DAY_MS)
  if (span.until <= span.from) return 0
  if (hours === null) return dayOf(span.until - 1) - dayOf(span.from) + 1
  const days = new Set<number>()
  for (const { from } of workedIntervals(hours, dealerZone, span)) days.add(dayOf(from))
  return days.size
}

function intervalsOf(hours: WorkingHours | null, dealerZone: string, span: Span): Iterable<Span> {
  if (hours !== null) return workedIntervals(hours, dealerZone, span)
  return span.from < span.until ? [span] : []
}

/** Joins intervals that touch, such as a night shift at midnight. */
function* joined(intervals: Iterable<Span>): Generator<Span> {
  const open: Span = { from: 0, until: 0 }
  for (const { from, until } of intervals) {
    if (from !== open.until) {
      if (open.from < open.until) yield { ...open }
      open.from = from
    }
    open.until = until
  }
  if (open.from < open.until) yield open
}
