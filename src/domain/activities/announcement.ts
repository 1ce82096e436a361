import type { Activity } from './activity.ts'

type Watched = Pick<Activity, 'state' | 'dueAt' | 'remindAt' | 'watchAt'>

export type ActivityAnnouncement = 'activity.reminder' | 'activity.overdue'

/**
 * When a planned activity is next to be announced: at its reminder, if that is ahead, and when it is
 * due. `before` is the activity as it was, or null for a new one: what it has announced already, it
 * announces again only where the time is another now, or where it was reopened.
 */
export function watchAfterChange(
  before: Watched | null,
  { state, dueAt, remindAt }: Omit<Watched, 'watchAt'>,
  now: Date
): Date | null {
  if (state !== 'planned') return null
  const known = before?.state === 'planned' ? before : null
  const isPending = (time: Date): boolean =>
    known !== null && known.watchAt !== null && time >= known.watchAt
  const isReminderOwed =
    remindAt !== null &&
    (remindAt > now || (isSame(remindAt, known?.remindAt ?? null) && isPending(remindAt)))
  const isDueOwed =
    dueAt !== null && (dueAt > now || !isSame(dueAt, known?.dueAt ?? null) || isPending(dueAt))
  return earliest([isReminderOwed ? remindAt : null, isDueOwed ? dueAt : null])
}

/** The events of an activity at its `watchAt`, and its next `watchAt`. */
export function announcementsOf({ dueAt, remindAt, watchAt }: Watched): {
  announced: ActivityAnnouncement[]
  next: Date | null
} {
  if (watchAt === null) return { announced: [], next: null }
  const announced: ActivityAnnouncement[] = []
  if (isSame(watchAt, remindAt)) announced.push('activity.reminder')
  if (isSame(watchAt, dueAt)) announced.push('activity.overdue')
  const later = [remindAt, dueAt].filter((time) => time !== null && time > watchAt)
  return { announced, next: earliest(later) }
}

function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null)
  return known.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}

function isSame(a: Date, b: Date | null): boolean {
  return a.getTime() === b?.getTime()
}
