import type { ActivityOutcome, ActivityType } from '../activities/activity.ts'
import type { WorkingHours } from './working-hours.ts'
import { workingSeconds } from './working-time.ts'

/** Types of activities that contact the person; the others are paperwork and notes. */
export const CONTACT_TYPES = [
  'call',
  'email',
  'meeting',
  'appointment',
  'test_drive',
  'visit'
] as const satisfies readonly ActivityType[]

/** Those in which the two meet. */
export const MEETING_TYPES: readonly ActivityType[] = [
  'meeting',
  'appointment',
  'test_drive',
  'visit'
]

/** Outcomes of calls and e-mails in which the person responded; asking for a call back is one. */
const ANSWERED: readonly ActivityOutcome[] = ['reached', 'call_back', 'replied']

/** When activities of one type first ended in one way, done by a person. */
export interface FirstContact {
  type: ActivityType
  outcome: ActivityOutcome | null
  at: Date
  /** Who made it. */
  userId: string
}

/** A moment and who made it. */
type MadeContact = Pick<FirstContact, 'at' | 'userId'>

/** The first of each kind of contact; null if there was none. */
interface ContactTimes {
  /** First attempt to reach the person. */
  attempted: MadeContact | null
  /** First two-way contact, spoken or written. */
  reached: MadeContact | null
  /** First meeting with the person. */
  met: MadeContact | null
}

/** The first contacts of a lead. Activities dated after `now` do not count. */
export function contactTimes(contacts: readonly FirstContact[], now: Date): ContactTimes {
  const isMeeting = ({ type }: FirstContact) => MEETING_TYPES.includes(type)
  const isAnswered = ({ outcome }: FirstContact) => outcome !== null && ANSWERED.includes(outcome)
  return {
    attempted: earliest(contacts, now),
    reached: earliest(
      contacts.filter((contact) => isMeeting(contact) || isAnswered(contact)),
      now
    ),
    met: earliest(contacts.filter(isMeeting), now)
  }
}

function earliest(contacts: readonly FirstContact[], now: Date): MadeContact | null {
  const [first] = contacts.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  if (!first) return null
  return { at: new Date(Math.min(now.getTime(), first.at.getTime())), userId: first.userId }
}

/** A moment in a lead's life, and how long after its arrival it came. */
export interface Milestone {
  at: Date
  seconds: number
  workingSeconds: number
}

/** Response times of a lead; null where there was no response yet. */
export interface LeadClock {
  received: Milestone
  /** When the lead was first assigned. */
  assigned: Milestone | null
  attempted: Milestone | null
  reached: Milestone | null
  met: Milestone | null
  respondBy: Date | null
  overdue: boolean
  escalations: number
  /** How long the person has waited so far; null if there is nothing to wait for. */
  running: Pick<Milestone, 'seconds' | 'workingSeconds'> | null
}

/**
 * A moment measured from a lead's arrival. What came earlier, such as a visit that was written down
 * as a lead afterwards, took no time.
 */
export function measure(
  { receivedAt, hours, zone }: { receivedAt: Date; hours: WorkingHours | null; zone: string },
  at: Date
): Milestone {
  const seconds = Math.floor((at.getTime() - receivedAt.getTime()) / 1000)
  return {
    at,
    seconds: Math.max(0, seconds),
    workingSeconds: workingSeconds(hours, zone, receivedAt, at)
  }
}
