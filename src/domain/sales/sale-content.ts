import type { Money } from '../leads/values.ts'
import type { Vehicle, VehicleInterest } from '../leads/vehicle.ts'
import type { PromoterState } from '../promoters/promoter.ts'

/** An open deal that a sale may be of. */
export interface OpenOpportunity {
  id: string
  amount: Money | null
}

/** The data of a sold lead for its sale. */
export interface SaleFacts {
  vehicles: readonly Vehicle[]
  receivedAt: Date
  promoter: {
    id: string
    state: PromoterState
    /** When they first became a promoter; null: they never were one. */
    approvedAt: Date | null
    removedAt: Date | null
  } | null
  /** Open deals that came of the lead, two at most. */
  opportunitiesOfLead: readonly OpenOpportunity[]
  /** Open deals of its client, two at most. */
  opportunitiesOfClient: readonly OpenOpportunity[]
}

interface SaleContent {
  vehicle: Vehicle | null
  amount: Money | null
  opportunityId: string | null
  promoterId: string | null
}

/** The vehicle, amount and promoter of a sale, as far as the lead has them. */
export function saleContent(facts: SaleFacts): SaleContent {
  const vehicle = wantedVehicle(facts.vehicles)
  const opportunity = onlyOne(facts.opportunitiesOfLead) ?? onlyOne(facts.opportunitiesOfClient)
  return {
    vehicle,
    amount: opportunity?.amount ?? priceOf(vehicle),
    opportunityId: opportunity?.id ?? null,
    promoterId:
      facts.promoter && deservesCredit(facts.promoter, facts.receivedAt) ? facts.promoter.id : null
  }
}

/** In this order: a vehicle sold or traded in by the person is no vehicle they buy. */
const WANTED: readonly (readonly VehicleInterest[])[] = [['buy', 'lease'], ['test-drive']]

function wantedVehicle(vehicles: readonly Vehicle[]): Vehicle | null {
  for (const interests of WANTED) {
    const wanted = vehicles.find(({ interest }) => interests.includes(interest))
    if (wanted) return wanted
  }
  return null
}

function onlyOne(deals: readonly OpenOpportunity[]): OpenOpportunity | null {
  return deals.length === 1 ? (deals[0] ?? null) : null
}

/** The pattern of a sale's amount: prices of senders can have any text. */
const AMOUNT = /^\d{1,11}(\.\d{1,4})?$/

/** A price that stands by itself: differences to list prices are no amounts. */
function priceOf(vehicle: Vehicle | null): Money | null {
  const price = vehicle?.price
  if (!price || (price.delta !== null && price.delta !== 'absolute')) return null
  const { amount, currency } = price
  return AMOUNT.test(amount) && /^[A-Z]{3}$/.test(currency) ? { amount, currency } : null
}

/**
 * Whether a promoter gets the credit for a sale: active ones, and those removed only after the lead
 * came in. A lead through the link of a promoter removed before that is credited to the user alone.
 * Invited, pending and rejected promoters get no credit.
 */
export function deservesCredit(
  { state, approvedAt, removedAt }: Omit<NonNullable<SaleFacts['promoter']>, 'id'>,
  receivedAt: Date
): boolean {
  if (state === 'active') return true
  const wasOne = state === 'removed' && approvedAt !== null
  return wasOne && removedAt !== null && removedAt > receivedAt
}
