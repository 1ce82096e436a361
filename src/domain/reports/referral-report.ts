import type { Reference } from '../leads/lead.ts'
import type { Counts } from './measure.ts'

/** The measures of referred leads. */
export const REFERRAL_MEASURES = ['received', 'duplicate', 'converted', 'sold'] as const
type ReferralMeasure = (typeof REFERRAL_MEASURES)[number]

/** Points for sales of the counted leads, by how far they are on their way. */
export const REWARD_STEPS = ['pending', 'eligible', 'approved', 'paid'] as const
export type RewardPoints = Record<(typeof REWARD_STEPS)[number], number>

/** The results of the leads of one promoter or one referral link. */
export interface ReferralRow {
  id: string
  /** A promoter's name, or a link's code. */
  name: string
  /** Of a link: whose it is. */
  label: string | null
  promoter: Reference | null
  user: Reference | null
  /** Of all time: single visits are not kept. */
  visits: number
  counts: Counts<ReferralMeasure>
  points: RewardPoints
}

/** How many promoters or links a report shows at most: those with the most leads. */
export const MOST_REFERRAL_ROWS = 1000
