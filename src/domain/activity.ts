import type { Contact } from './lead.ts'

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

/** The follow-up planned after a link or a conversion: a call if there is a phone, else an e-mail. */
export function followUpType(contact: Contact): 'call' | 'email' {
  return contact.phones.some((phone) => phone.valid) ? 'call' : 'email'
}
