import type { RewardState, RewardTotals } from '../sales/reward.ts'
import { isOpenGroup } from '../leads/status.ts'
import type { StatusGroup } from '../leads/status.ts'
import type { PromoterState, ReferralLink } from '../promoters/promoter.ts'

/** What a promoter may know of a lead they brought: how far it got, and nothing of the person. */
export const LEAD_PROGRESSES = ['received', 'in_progress', 'sold', 'closed'] as const
export type LeadProgress = (typeof LEAD_PROGRESSES)[number]

/**
 * How far a lead got, as its promoter may know. That one is held back as spam is the dealer's matter,
 * and so is why one is closed: both would tell of the person.
 */
export function progressOf(lead: { group: StatusGroup; isQuarantined: boolean }): LeadProgress {
  const { group, isQuarantined } = lead
  if (group === 'sold') return 'sold'
  if (group === 'unqualified' || !isOpenGroup(group)) return 'closed'
  return group === 'new' || isQuarantined ? 'received' : 'in_progress'
}

/** A lead as its promoter may see it. */
export interface PromotedLead {
  receivedAt: Date
  progress: LeadProgress
  reward: { points: number; state: RewardState } | null
}

/** What a promoter's own page tells of them. */
export interface PromoterPage {
  dealerName: string
  name: string
  state: PromoterState
  links: Pick<ReferralLink, 'code' | 'visits' | 'active'>[]
  leads: number
  sales: number
  rewards: RewardTotals
}

/** Leads and sales are counted up to here: what lies beyond says no more. */
export const COUNTED_MOST = 10_000
