import type { Actor } from '../deliveries/event.ts'

/** When a sale's reward is owed: as soon as the sale is recorded, or once it is fulfilled. */
export const ELIGIBLE_WHEN = ['recorded', 'fulfilled'] as const
export type EligibleWhen = (typeof ELIGIBLE_WHEN)[number]

/** What promoters get for sales. Of several, one is active. */
export interface RewardProgramme {
  id: string
  name: string
  description: string | null
  pointsPerSale: number
  eligibleWhen: EligibleWhen
  active: boolean
  version: number
  createdAt: Date
  updatedAt: Date
}

/**
 * `pending`: the sale is not fulfilled yet. `paid`: outside of here. `cancelled`: the sale was, or was
 * undone.
 */
export const REWARD_STATES = ['pending', 'eligible', 'approved', 'paid', 'cancelled'] as const
export type RewardState = (typeof REWARD_STATES)[number]

/** What one promoter is to get for one sale, by the programme of that day. */
export interface Reward {
  id: string
  saleId: string
  promoterId: string
  programmeId: string
  points: number
  eligibleWhen: EligibleWhen
  state: RewardState
  /** How it was paid: a transfer's number. */
  paymentReference: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

export const REWARD_ENTRY_KINDS = ['recorded', 'eligible', 'approved', 'paid', 'cancelled'] as const
export type RewardEntryKind = (typeof REWARD_ENTRY_KINDS)[number]

/** One line of a promoter's ledger. */
export interface RewardEntry {
  id: string
  rewardId: string
  promoterId: string
  kind: RewardEntryKind
  /** What it adds to what the promoter is owed; negative where something was paid or taken back. */
  points: number
  note: string | null
  actor: Actor
  createdAt: Date
}
