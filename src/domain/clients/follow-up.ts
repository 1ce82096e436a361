import { zoneOffset } from '../clock/time-zone.ts'
import { isDialable } from '../leads/contact.ts'
import type { Contact } from '../leads/lead.ts'

/** The hour of the dealer's day at which follow-ups fall due. */
const MORNING_HOUR = 9

/** The types of activities that follow a lead up: they go with it to another user. */
export const FOLLOW_UP_TYPES = ['call', 'email'] as const

/** The follow-up planned after a link or a conversion: a call if there is a phone, else an e-mail. */
export function followUpType(contact: Contact): (typeof FOLLOW_UP_TYPES)[number] {
  return contact.phones.some(isDialable) ? 'call' : 'email'
}

/**
 * When a follow-up is due: at nine in the morning of the next working day (Monday to Friday) on the
 * dealer's own clock (`timeZone`, an IANA name).
 */
export function followUpDue(now: Date, timeZone: string): Date {
  const local = new Date(now.getTime() + zoneOffset(now, timeZone))
  const day = new Date(
    Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1, MORNING_HOUR)
  )
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1)
  // The clocks may change between now and then: the offset that counts is the one of that morning.
  const nearby = new Date(day.getTime() - zoneOffset(now, timeZone))
  return new Date(day.getTime() - zoneOffset(nearby, timeZone))
}
