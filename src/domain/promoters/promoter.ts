import type { Locale } from '../dealers/dealer.ts'

/**
 * `invited`: has not answered the invitation yet. `pending`: signed up by themselves and not yet
 * approved. Neither hears of any lead.
 */
export const PROMOTER_STATES = ['invited', 'pending', 'active', 'removed'] as const
export type PromoterState = (typeof PROMOTER_STATES)[number]

/** A person who brings leads, signed up under a user or under the dealer itself (`userId` null). */
export interface Promoter {
  id: string
  name: string
  email: string | null
  phone: string | null
  locale: Locale | null
  userId: string | null
  state: PromoterState
  removedAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A promoter's new state, and since when they are removed: once removed, that time stays. */
export function changeState(
  { removedAt }: Pick<Promoter, 'removedAt'>,
  state: 'active' | 'removed',
  now: Date
): Pick<Promoter, 'state' | 'removedAt'> {
  return { state, removedAt: state === 'removed' ? (removedAt ?? now) : null }
}

/** A code and URL of a user, or of a promoter; names who gets the credit. */
export interface ReferralLink {
  id: string
  code: string
  label: string | null
  userId: string | null
  promoterId: string | null
  targetUrl: string | null
  active: boolean
  visits: number
  lastVisitAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Whether this can be a link's code: nothing else is looked for. */
export function isReferralCode(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$/.test(text)
}
