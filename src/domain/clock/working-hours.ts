/**
 * Working hours: the time that counts when response times are measured.
 *
 * A moment is working time when the wall clock of the zone then shows a time inside one of the
 * windows of that day. A window whose end is not after its start goes on over midnight into the next
 * day. On a holiday nothing is working time, from midnight to midnight: windows that reach into it
 * end there, and none of its own begin.
 */

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday'
] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Local times as `HH:MM`; `from` is inside, `to` is not. `24:00` is the end of the day. */
export interface WorkingWindow {
  from: string
  to: string
}

export interface WorkingHours {
  /** IANA name, or null: the dealer's. */
  timeZone: string | null
  /** Days that are not named have no windows. */
  week: Partial<Record<Weekday, WorkingWindow[]>>
  /** Local dates as `YYYY-MM-DD`. */
  holidays: string[]
}
