import type { Reference } from '../leads/lead.ts'
import type { Money } from '../leads/values.ts'
import type { Vehicle } from '../leads/vehicle.ts'
import type { NamedStatus } from '../leads/status.ts'

/** The groups of sale statuses. Reports ignore only cancelled sales. */
export const SALE_STATUS_GROUPS = ['open', 'fulfilled', 'cancelled'] as const
export type SaleStatusGroup = (typeof SALE_STATUS_GROUPS)[number]

export type SaleStatus = NamedStatus<SaleStatusGroup>

/** The sale statuses of a new dealer. */
export const DEFAULT_SALE_STATUSES: readonly { name: string; group: SaleStatusGroup }[] = [
  { name: 'New', group: 'open' },
  { name: 'Working', group: 'open' },
  { name: 'Fulfilled', group: 'fulfilled' },
  { name: 'Cancelled', group: 'cancelled' }
]

/** Recorded the first time a lead enters a status of group `sold`. */
export interface Sale {
  id: string
  leadId: string
  clientId: string | null
  opportunityId: string | null
  status: Reference & { group: SaleStatusGroup }
  sourceId: string
  amount: Money | null
  vehicle: Vehicle | null
  /** The credited user. */
  userId: string | null
  /** The credited promoter. */
  promoterId: string | null
  referralLinkId: string | null
  /** The user of the referral link that brought the lead, or who signed its promoter up. */
  referralUserId: string | null
  /** Their percentage of the credit; null where no user has one. */
  referralPercent: number | null
  operationId: string
  soldAt: Date
  /** The entry into `sold` was a mistake: there was no sale. */
  undoneAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}
