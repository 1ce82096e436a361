import { nextWorkingTime } from '../clock/working-time.ts'
import { WEEKDAYS } from '../clock/working-hours.ts'
import type { QuietHours } from './auto-response-rules.ts'

/** The first moment after `at` that is not quiet by the clocks of a zone, or null: `at` is not. */
export function quietUntil(quietHours: QuietHours | null, timeZone: string, at: Date): Date | null {
  if (quietHours === null) return null
  // The rest of the day is one window of open hours, possibly over midnight.
  const open = { from: quietHours.to, to: quietHours.from }
  const week = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, [open]]))
  const next = nextWorkingTime({ timeZone: null, week, holidays: [] }, timeZone, at)
  return next === null || next <= at ? null : next
}
