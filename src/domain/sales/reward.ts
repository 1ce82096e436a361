import type { Actor } from '../events/event.ts'
import type { SaleStatusGroup } from './sale.ts'

/** When a sale's reward is owed: as soon as the sale is recorded, or once it is fulfilled. */
export const ELIGIBLE_WHEN = ['recorded', 'fulfilled'] as const
export type EligibleWhen = (typeof ELIGIBLE_WHEN)[number]

/** The reward programmes. At most one is active. */
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

/** The reward of a promoter for a sale, by the programme that was active then. */
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
type RewardEntryKind = (typeof REWARD_ENTRY_KINDS)[number]

/** One line of a promoter's ledger. */
export interface RewardEntry {
  id: string
  rewardId: string
  promoterId: string
  kind: RewardEntryKind
  /** The change of the balance. Negative for a paid or cancelled reward. */
  points: number
  note: string | null
  actor: Actor
  createdAt: Date
}

/** The changes of a reward: its sale has another status group, or a user decided. */
export type RewardHappening = `sale-${SaleStatusGroup}` | 'sale-undone' | 'approved' | 'paid'

/** The new state of a reward, and the new entry of the ledger. */
export interface RewardStep {
  state: RewardState
  entry: Pick<RewardEntry, 'kind' | 'points'>
}

type Standing = Pick<Reward, 'state' | 'points' | 'eligibleWhen' | 'paymentReference'>

/** The first state and ledger entries of a reward, by the programme. */
export function firstSteps({
  points,
  eligibleWhen
}: Pick<Reward, 'points' | 'eligibleWhen'>): RewardStep[] {
  const recorded: RewardStep = { state: 'pending', entry: { kind: 'recorded', points: 0 } }
  return eligibleWhen === 'recorded' ? [recorded, owed(points)] : [recorded]
}

/**
 * What follows for a reward, or null: nothing does. A sale that is cancelled undoes what its
 * reward gave, even what was paid: the promoter then owes it. One that comes back brings that back,
 * but not the approval, which is a person's word on how things were. What was approved or paid stays
 * so where a fulfilled sale is worked on again.
 */
export function nextStep(reward: Standing, happening: RewardHappening): RewardStep | null {
  const { state, points } = reward
  switch (happening) {
    case 'approved':
      return state === 'eligible'
        ? { state: 'approved', entry: { kind: 'approved', points: 0 } }
        : null
    case 'paid':
      return state === 'approved'
        ? { state: 'paid', entry: { kind: 'paid', points: -points } }
        : null
    case 'sale-cancelled':
    case 'sale-undone':
      return state === 'cancelled' ? null : takenBack('cancelled', state, points)
    case 'sale-open':
    case 'sale-fulfilled':
      return followSale(reward, happening === 'sale-fulfilled')
  }
}

function followSale(reward: Standing, isFulfilled: boolean): RewardStep | null {
  const { state, points, eligibleWhen, paymentReference } = reward
  const isOwed = isFulfilled || eligibleWhen === 'recorded'
  switch (state) {
    case 'cancelled':
      if (paymentReference !== null) return { ...owed(points), state: 'paid' }
      return isOwed ? owed(points) : { state: 'pending', entry: { kind: 'recorded', points: 0 } }
    case 'pending':
      return isOwed ? owed(points) : null
    case 'eligible':
      return isOwed ? null : takenBack('pending', state, points)
    case 'approved':
    case 'paid':
      return null
  }
}

function owed(points: number): RewardStep {
  return { state: 'eligible', entry: { kind: 'eligible', points } }
}

function takenBack(to: RewardState, from: RewardState, points: number): RewardStep {
  return { state: to, entry: { kind: 'cancelled', points: from === 'pending' ? 0 : -points } }
}

/** The totals of a promoter's rewards, in points. */
export interface RewardTotals {
  /** Owed, not approved yet. */
  eligible: number
  /** Owed and approved, not paid yet. */
  approved: number
  /** Paid, for sales that stand. */
  paid: number
  /** The balance of the ledger. Negative after a paid reward was cancelled. */
  balance: number
}
