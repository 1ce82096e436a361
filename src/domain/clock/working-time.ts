import { DAY_MS, SECOND_MS, stretchesBetween, weekdayOf, zoneOffset } from './time-zone.ts'
import type { Weekday, WorkingHours, WorkingWindow } from './working-hours.ts'

/** Milliseconds; `until` is outside. Of a day: since its midnight, by the wall clock. */
interface Interval {
  from: number
  until: number
}

/** Working hours as intervals of days, so that a day costs no more than looking at its few. */
interface Timetable {
  timeZone: string
  /** Of days since 1970-01-01. */
  intervalsOf: (day: number) => readonly Interval[]
}

/** How far ahead the end of a time limit is looked for. */
const HORIZON_MS = 2 * 366 * DAY_MS

const MINUTE_MS = 60 * SECOND_MS

/** Whether a moment is working time; without hours every moment is. */
export function isWorkingTime(hours: WorkingHours | null, dealerZone: string, at: Date): boolean {
  if (hours === null) return true
  const { timeZone, intervalsOf } = timetableOf(hours, dealerZone)
  const local = at.getTime() + zoneOffset(at, timeZone)
  const day = Math.floor(local / DAY_MS)
  const sinceMidnight = local - day * DAY_MS
  return intervalsOf(day).some(({ from, until }) => from <= sinceMidnight && sinceMidnight < until)
}

/** How many whole seconds between two moments are working time; without hours every one is. */
export function workingSeconds(
  hours: WorkingHours | null,
  dealerZone: string,
  from: Date,
  to: Date
): number {
  const span = { from: from.getTime(), until: to.getTime() }
  if (span.until <= span.from) return 0
  let total = 0
  if (hours === null) total = span.until - span.from
  else for (const worked of workedIntervals(hours, dealerZone, span)) total += length(worked)
  return Math.floor(total / SECOND_MS)
}

/**
 * The moment at which so many seconds of working time have gone by since `from`, or null: within two
 * years there is none. It is the earliest such moment: what takes until closing time is due then, and
 * not when the next day begins.
 */
export function addWorkingSeconds(
  hours: WorkingHours | null,
  dealerZone: string,
  from: Date,
  seconds: number
): Date | null {
  const start = from.getTime()
  let left = seconds * SECOND_MS
  if (hours === null) return new Date(start + left)
  if (left <= 0) return from
  const span = { from: start, until: start + HORIZON_MS }
  for (const worked of workedIntervals(hours, dealerZone, span)) {
    if (length(worked) >= left) return new Date(worked.from + left)
    left -= length(worked)
  }
  return null
}

/** The first working moment from `at` on, or null: within two years there is none. */
export function nextWorkingTime(hours: WorkingHours, dealerZone: string, at: Date): Date | null {
  const span = { from: at.getTime(), until: at.getTime() + HORIZON_MS }
  for (const { from } of workedIntervals(hours, dealerZone, span)) return new Date(from)
  return null
}

/**
 * The working time within a span, in order. Between two changes of the clocks wall time runs like
 * time: there a day's intervals are cut out of the span as they are.
 */
export function* workedIntervals(
  hours: WorkingHours,
  dealerZone: string,
  span: Interval
): Generator<Interval> {
  const { timeZone, intervalsOf } = timetableOf(hours, dealerZone)
  for (const { from, until, offset } of stretchesBetween(timeZone, span)) {
    const lastDay = Math.floor((until - 1 + offset) / DAY_MS)
    for (let day = Math.floor((from + offset) / DAY_MS); day <= lastDay; day += 1) {
      const midnight = day * DAY_MS - offset
      for (const interval of intervalsOf(day)) {
        const worked = {
          from: Math.max(from, midnight + interval.from),
          until: Math.min(until, midnight + interval.until)
        }
        if (length(worked) > 0) yield worked
      }
    }
  }
}

function timetableOf(hours: WorkingHours, dealerZone: string): Timetable {
  const holidays = new Set(hours.holidays.map((date) => Math.floor(Date.parse(date) / DAY_MS)))
  const ordinary = dayIntervals((weekday) => hours.week[weekday] ?? [])
  const afterHoliday = dayIntervals((weekday) => hours.week[weekday] ?? [], { alone: true })
  return {
    timeZone: hours.timeZone ?? dealerZone,
    intervalsOf: (day) => {
      if (holidays.has(day)) return []
      return (holidays.has(day - 1) ? afterHoliday : ordinary)[weekdayOf(day)]
    }
  }
}

/** Each weekday's intervals, with what reaches into it from the day before, unless it stands alone. */
function dayIntervals(
  windowsOf: (weekday: Weekday) => readonly WorkingWindow[],
  { alone } = { alone: false }
): Record<Weekday, readonly Interval[]> {
  const intervalsOf = (weekday: Weekday, dayBefore: Weekday) => {
    const own = windowsOf(weekday)
      .map(clockTimes)
      .map(({ from, until }) => ({ from, until: until > from ? until : DAY_MS }))
    const reaching = (alone ? [] : windowsOf(dayBefore))
      .map(clockTimes)
      .filter(({ from, until }) => until <= from)
      .map(({ until }) => ({ from: 0, until }))
    return merge([...own, ...reaching])
  }
  return {
    monday: intervalsOf('monday', 'sunday'),
    tuesday: intervalsOf('tuesday', 'monday'),
    wednesday: intervalsOf('wednesday', 'tuesday'),
    thursday: intervalsOf('thursday', 'wednesday'),
    friday: intervalsOf('friday', 'thursday'),
    saturday: intervalsOf('saturday', 'friday'),
    sunday: intervalsOf('sunday', 'saturday')
  }
}

/** Windows may overlap: what they share counts once. */
function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && interval.from <= last.until) last.until = Math.max(last.until, interval.until)
    else if (length(interval) > 0) merged.push({ ...interval })
  }
  return merged
}

function clockTimes({ from, to }: WorkingWindow): Interval {
  return { from: sinceMidnight(from), until: sinceMidnight(to) }
}

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * MINUTE_MS
}

function length({ from, until }: Interval): number {
  return until - from
}
