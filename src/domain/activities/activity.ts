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
const ACTIVITY_OUTCOMES = {
  call: ['reached', 'call_back', 'no_answer', 'busy', 'voicemail', 'wrong_number'],
  email: ['sent', 'replied', 'bounced'],
  meeting: ['interested', 'undecided', 'not_interested', 'rescheduled', 'called_off'],
  appointment: ['interested', 'undecided', 'not_interested', 'sold', 'rescheduled', 'called_off'],
  test_drive: ['interested', 'undecided', 'not_interested', 'sold', 'rescheduled', 'called_off'],
  visit: ['interested', 'undecided', 'not_interested', 'sold', 'rescheduled', 'called_off'],
  offer: ['accepted', 'negotiating', 'rejected', 'expired'],
  reservation: ['confirmed', 'expired', 'withdrawn'],
  contract: ['signed', 'rejected', 'rescheduled', 'called_off'],
  note: []
} as const satisfies Record<ActivityType, readonly string[]>
export type ActivityOutcome = (typeof ACTIVITY_OUTCOMES)[ActivityType][number]

/** Every outcome there is, each once. */
export const ALL_OUTCOMES: readonly ActivityOutcome[] = [
  ...new Set(Object.values(ACTIVITY_OUTCOMES).flat())
]

/** The outcomes that only a done activity can have. */
const OUTCOMES_OF_DONE: ReadonlySet<ActivityOutcome> = new Set([
  'reached',
  'call_back',
  'sent',
  'replied',
  'interested',
  'undecided',
  'not_interested',
  'sold',
  'accepted',
  'negotiating',
  'confirmed',
  'signed'
])

/** The outcomes that only a missed activity can have. */
const OUTCOMES_OF_MISSED: ReadonlySet<ActivityOutcome> = new Set(['rescheduled', 'called_off'])

/**
 * The outcomes an activity of this type and state may have. An appointment the person missed is
 * `missed`, with no outcome or with what follows: another time, or none.
 */
export function outcomesOf(type: ActivityType, state: ActivityState): readonly ActivityOutcome[] {
  const words: readonly ActivityOutcome[] = ACTIVITY_OUTCOMES[type]
  switch (state) {
    case 'done':
      return words.filter((word) => !OUTCOMES_OF_MISSED.has(word))
    case 'missed':
      return words.filter((word) => !OUTCOMES_OF_DONE.has(word))
    case 'planned':
    case 'cancelled':
      return []
  }
}

/** Whether an activity of this type and state may have this outcome; to have none is always right. */
export function isOutcomeOf(
  outcome: ActivityOutcome | null,
  { type, state }: Pick<Activity, 'type' | 'state'>
): boolean {
  return outcome === null || outcomesOf(type, state).includes(outcome)
}

/** Something done or to be done with a person, by a user. */
export interface Activity {
  id: string
  type: ActivityType
  state: ActivityState
  text: string | null
  dueAt: Date | null
  doneAt: Date | null
  outcome: ActivityOutcome | null
  /** Feedback from the user who did the activity to the one who scheduled it. */
  feedback: string | null
  remindAt: Date | null
  /** When its reminder, or then its being overdue, is to be announced; null: nothing is. */
  watchAt: Date | null
  userId: string | null
  /** The user who arranged it, or null: a machine or the system did. */
  createdBy: string | null
  leadId: string | null
  clientId: string | null
  opportunityId: string | null
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

/**
 * Whether a change says what came of an activity: it ended by now, and its end, its outcome or the
 * feedback is news.
 */
export function bringsFeedback(before: Activity, after: Activity): boolean {
  const hasEnded = after.state === 'done' || after.state === 'missed'
  const saysSomething = after.outcome !== null || after.feedback !== null
  const isNews =
    before.state !== after.state ||
    before.outcome !== after.outcome ||
    before.feedback !== after.feedback
  return hasEnded && saysSomething && isNews
}
