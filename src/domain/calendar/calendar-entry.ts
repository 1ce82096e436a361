import type { Vehicle } from '../leads/vehicle.ts'
import type { Activity, ActivityType } from '../activities/activity.ts'

/** The activity types with a fixed time, shown in calendars. */
export const CALENDAR_TYPES = [
  'call',
  'meeting',
  'appointment',
  'test_drive',
  'visit',
  'contract'
] as const satisfies readonly ActivityType[]
export type CalendarType = (typeof CALENDAR_TYPES)[number]

/** An activity as a calendar shows it: with whom, about what. */
export interface CalendarEntry extends Pick<
  Activity,
  | 'id'
  | 'state'
  | 'text'
  | 'remindAt'
  | 'leadId'
  | 'clientId'
  | 'version'
  | 'createdAt'
  | 'updatedAt'
> {
  type: CalendarType
  dueAt: Date
  /** The client's name, else the lead's; null if neither has one, or the entry has no person. */
  person: string | null
  /** The lead's. */
  vehicles: Vehicle[]
}

/** How much of a calendar is given out, in days from now, and entries. */
const CALENDAR_DAYS_BACK = 90
const CALENDAR_DAYS_AHEAD = 365
export const CALENDAR_MOST = 2_000

const DAY_MS = 86_400_000

/** The times between which entries are given out. */
export function calendarWindow(now: Date): { from: Date; to: Date } {
  return {
    from: new Date(now.getTime() - CALENDAR_DAYS_BACK * DAY_MS),
    to: new Date(now.getTime() + CALENDAR_DAYS_AHEAD * DAY_MS)
  }
}
