export const ACTIVITY_TYPES = [
  'call',
  'email',
  'meeting',
  'appointment',
  'test_drive',
  'offer',
  'reservation',
  'contract',
  'visit',
  'note'
] as const
export type ActivityType = (typeof ACTIVITY_TYPES)[number]

export const ACTIVITY_STATES = ['planned', 'done', 'missed', 'cancelled'] as const
export type ActivityState = (typeof ACTIVITY_STATES)[number]

/** Something done or to be done with a person, by a user. */
export interface Activity {
  id: string
  type: ActivityType
  state: ActivityState
  text: string | null
  dueAt: Date | null
  doneAt: Date | null
  userId: string | null
  leadId: string | null
  clientId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/**
 * When an activity counts as done: from the moment its state says so, unless a time is given; an
 * activity in any other state has not been done.
 */
export function doneAtOf(
  state: ActivityState,
  { given, before, now }: { given: Date | null | undefined; before: Date | null; now: Date }
): Date | null {
  if (state !== 'done') return null
  return given ?? before ?? now
}
