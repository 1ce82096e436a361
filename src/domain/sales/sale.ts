import type { Money, Reference, Vehicle } from '../leads/lead.ts'
import type { NamedStatus } from '../leads/status.ts'

/** What a dealer's own status of sales means: only a cancelled sale counts for nothing. */
export const SALE_STATUS_GROUPS = ['open', 'fulfilled', 'cancelled'] as const
export type SaleStatusGroup = (typeof SALE_STATUS_GROUPS)[number]

export type SaleStatus = NamedStatus<SaleStatusGroup>

/** What every dealer starts with. */
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
  /** Who gets the credit at the dealer. */
  userId: string | null
  /** Who brought the lead. */
  promoterId: string | null
  referralLinkId: string | null
  operationId: string
  soldAt: Date
  /** The entry into `sold` was a mistake: there was no sale. */
  undoneAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}
