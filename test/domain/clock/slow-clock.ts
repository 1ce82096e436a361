import type { Weekday, WorkingHours } from '../../../src/domain/clock/working-hours.ts'

const MINUTE_MS = 60_000
const DAYS: readonly Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday'
]

/** What the wall clock of a zone shows in each minute of a span: asked of Intl, minute by minute. */
export interface WallClock {
  timeZone: string
  /** The first minute, since 1970. */
  first: number
  /** `YYYY-MM-DD` by minute. */
  dates: string[]
  /** Minutes since midnight, as the clock shows it, by minute. */
  times: Uint16Array
}

/** Looks at the wall clock in every minute from `from` to `to`. */
export function watchWallClock(timeZone: string, from: string, to: string): WallClock {
  const first = Date.parse(from) / MINUTE_MS
  const count = Date.parse(to) / MINUTE_MS - first
  // Swedish clocks show `2026-03-29 03:00`.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short'
  })
  const dates: string[] = []
  const times = new Uint16Array(count)
  for (let minute = 0; minute < count; minute += 1) {
    const shown = format.format((first + minute) * MINUTE_MS)
    const date = shown.slice(0, 10)
    // One string a day and not one a minute: there are one and a half million of them.
    dates.push(date === dates.at(-1) ? (dates.at(-1) ?? date) : date)
    times[minute] = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16))
  }
  return { timeZone, first, dates, times }
}

/** The definition, word by word: at which times of a date hours hold, by what a wall clock shows. */
export function timesOf(hours: WorkingHours, date: string): (time: number) => boolean {
  const before = dayBefore(date)
  const own = hours.holidays.includes(date) ? [] : windowsOn(hours, date)
  const reaching =
    hours.holidays.includes(date) || hours.holidays.includes(before)
      ? []
      : windowsOn(hours, before).filter(({ from, to }) => to <= from)
  return (time) =>
    own.some(({ from, to }) => (to > from ? from <= time && time < to : from <= time)) ||
    reaching.some(({ to }) => time < to)
}

/** How many working minutes went by before each minute of the span, and before its end. */
export function countWorkingMinutes({ dates, times }: WallClock, hours: WorkingHours): Uint32Array {
  const before = new Uint32Array(times.length + 1)
  let day = { date: '', holdsAt: timesOf(hours, '1970-01-01') }
  for (let minute = 0; minute < times.length; minute += 1) {
    const date = dates[minute] ?? ''
    if (date !== day.date) day = { date, holdsAt: timesOf(hours, date) }
    before[minute + 1] = (before[minute] ?? 0) + (day.holdsAt(times[minute] ?? 0) ? 1 : 0)
  }
  return before
}

function windowsOn(hours: WorkingHours, date: string): { from: number; to: number }[] {
  const weekday = DAYS[new Date(date).getUTCDay()] ?? 'sunday'
  return (hours.week[weekday] ?? []).map(({ from, to }) => ({
    from: minutes(from),
    to: minutes(to)
  }))
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 1440 * MINUTE_MS).toISOString().slice(0, 10)
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
