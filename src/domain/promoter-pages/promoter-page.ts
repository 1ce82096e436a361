import type { Dealer, Locale } from '../dealers/dealer.ts'
import type { RewardState, RewardTotals } from '../sales/reward.ts'
import { GROUPS } from '../leads/status-groups.ts'
import type { LeadProgress, StatusGroup } from '../leads/status-groups.ts'
import type { PromoterState, ReferralLink } from '../promoters/promoter.ts'

/**
 * How far a lead got, as its promoter may know. That one is held back as spam is the dealer's matter,
 * and so is why one is closed: both would tell of the person.
 */
export function progressOf(lead: {
  group: StatusGroup
  isQuarantined: boolean
  /** Whether its sale came to nothing. */
  isCancelled: boolean
}): LeadProgress {
  const { promoterSees } = GROUPS[lead.group]
  if (promoterSees === 'sold' && lead.isCancelled) return 'closed'
  return promoterSees === 'in_progress' && lead.isQuarantined ? 'received' : promoterSees
}

/** A lead as its promoter may see it. */
export interface PromotedLead {
  receivedAt: Date
  progress: LeadProgress
  reward: { points: number; state: RewardState } | null
}

/** The data of a promoter's own page. */
export interface PromoterPage {
  dealer: Dealer
  name: string
  state: PromoterState
  /** The language they chose. Null: none. */
  locale: Locale | null
  links: Pick<ReferralLink, 'code' | 'visits' | 'active'>[]
  leads: number
  sales: number
  rewards: RewardTotals
}

/** Leads and sales are counted up to here: what lies beyond says no more. */
export const COUNTED_MOST = 10_000
