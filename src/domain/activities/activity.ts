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

/** How activities of each type can end. A done or missed one may have an outcome; others have none. */
export const ACTIVITY_OUTCOMES = {
  call: ['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number', 'call_back'],
  email: ['sent', 'replied', 'bounced'],
  meeting: ['interested', 'undecided', 'not_interested'],
  appointment: ['interested', 'undecided', 'not_interested', 'sold'],
  test_drive: ['interested', 'undecided', 'not_interested', 'sold'],
  visit: ['interested', 'undecided', 'not_interested', 'sold'],
  offer: ['accepted', 'negotiating', 'rejected'],
  reservation: ['confirmed', 'expired', 'withdrawn'],
  contract: ['signed', 'rejected'],
  note: []
} as const satisfies Record<ActivityType, readonly string[]>
export type ActivityOutcome = (typeof ACTIVITY_OUTCOMES)[ActivityType][number]

/** Something done or to be done with a person, by a user. */
export interface Activity {
  id: string
  type: ActivityType
  state: ActivityState
  text: string | null
  dueAt: Date | null
  doneAt: Date | null
  outcome: ActivityOutcome | null
  /** What whoever did it tells whoever arranged it. */
  feedback: string | null
  remindAt: Date | null
  /** When its reminder, or then its being overdue, is to be announced; null: nothing is. */
  watchAt: Date | null
  userId: string | null
  /** The user who arranged it, or null: a machine or the system did. */
  createdBy: string | null
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
