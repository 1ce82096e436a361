import type { Locale } from '../dealers/dealer.ts'

/**
 * `invited`: has not accepted the invitation yet. `pending`: signed up without an invitation and
 * waits for approval. Neither gets mail about leads.
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

/** The new state, with the time of the first removal. */
export function changeState(
  { removedAt }: Pick<Promoter, 'removedAt'>,
  state: 'active' | 'removed',
  now: Date
): Pick<Promoter, 'state' | 'removedAt'> {
  return { state, removedAt: state === 'removed' ? (removedAt ?? now) : null }
}

/** A code and a URL. The user or promoter of the link gets the credit for its leads. */
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

/** Whether this text has the form of a link’s code. */
export function isReferralCode(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$/.test(text)
}
