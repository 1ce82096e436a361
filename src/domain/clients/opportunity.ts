import { invalid } from '../refusals.ts'
import type { Refusal } from '../refusals.ts'
import type { Reference } from '../leads/lead.ts'
import type { Money } from '../leads/values.ts'
import type { Vehicle } from '../leads/vehicle.ts'

/** The way of a deal; the last two close it. */
export const OPPORTUNITY_STAGES = [
  'discovery',
  'test_drive',
  'offer',
  'negotiation',
  'reserved',
  'won',
  'lost'
] as const
export type OpportunityStage = (typeof OPPORTUNITY_STAGES)[number]

/** In these a deal has ended. */
export const CLOSED_STAGES = ['won', 'lost'] as const satisfies readonly OpportunityStage[]

/** A vehicle or product of an opportunity. */
export interface OpportunityProduct {
  vehicle: Vehicle
  /** Of one. */
  price: Money | null
  quantity: number
}

/** A deal of a client. */
export interface Opportunity {
  id: string
  name: string
  clientId: string
  accountId: string | null
  /** The lead it came from; null for one added by hand. */
  leadId: string | null
  stage: OpportunityStage
  amount: Money | null
  /** ISO 8601 day. */
  expectedClose: string | null
  products: OpportunityProduct[]
  description: string | null
  /** Why it was won or lost. */
  closeReason: string | null
  closedAt: Date | null
  responsibleUser: Reference | null
  /** The sale that it ended in. */
  saleId: string | null
  /** Its lead, where it was lost and the lead is open still. */
  openLeadId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

export function isClosedStage(stage: OpportunityStage): boolean {
  return CLOSED_STAGES.some((closed) => closed === stage)
}

/** Prices have up to four decimals; sums are exact in these units. */
const UNITS_PER_CENT = 100n

/** The largest amount: fourteen digits, two of them decimals. */
const MAX_CENTS = 10n ** 14n

/**
 * The sum of the products, rounded half up to cents. Null when a price is missing, the prices are
 * in several currencies, or the sum has more than twelve digits before the point.
 */
export function sumOfProducts(products: readonly OpportunityProduct[]): Money | null {
  const [first] = products
  if (!first?.price) return null
  const { currency } = first.price
  let units = 0n
  for (const { price, quantity } of products) {
    if (price?.currency !== currency) return null
    units += unitsOf(price.amount) * BigInt(quantity)
  }
  const magnitude = units < 0n ? -units : units
  const cents = (magnitude + UNITS_PER_CENT / 2n) / UNITS_PER_CENT
  if (cents >= MAX_CENTS) return null
  const digits = cents.toString().padStart(3, '0')
  const sign = units < 0n && cents > 0n ? '-' : ''
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency }
}

/** Decimal text of up to four decimals, in ten-thousandths. */
function unitsOf(amount: string): bigint {
  const [whole = '', decimals = ''] = amount.replace('-', '').split('.')
  const units = BigInt(whole + decimals.padEnd(4, '0').slice(0, 4))
  return amount.startsWith('-') ? -units : units
}

/** The stage of an opportunity. A closed one has an end and perhaps a reason. */
export type OpportunityStanding = Pick<Opportunity, 'stage' | 'closeReason' | 'closedAt'>

/**
 * The stage, reason and end after a change. A lost opportunity needs a reason, an open one has neither
 * reason nor end. A change between `won` and `lost` does not keep the earlier reason.
 */
export function settleStanding(
  before: OpportunityStanding | null,
  change: { stage?: OpportunityStage | undefined; closeReason?: string | null | undefined },
  now: Date
): OpportunityStanding | Refusal {
  const stage = change.stage ?? before?.stage ?? 'discovery'
  const given = change.closeReason?.trim() === '' ? null : change.closeReason
  if (!isClosedStage(stage)) {
    const isReasoned = given !== undefined && given !== null
    if (isReasoned) return invalid('/closeReason', 'reason-without-end')
    return { stage, closeReason: null, closedAt: null }
  }
  const kept = before?.stage === stage ? before : null
  const closeReason = given === undefined ? (kept?.closeReason ?? null) : given
  if (stage === 'lost' && closeReason === null)
    return { refusal: 'reason-required', pointer: '/closeReason' }
  return { stage, closeReason, closedAt: kept?.closedAt ?? now }
}

/**
 * How a won opportunity stands once its sale was undone: as before it was won, or, where it was changed
 * since or was closed in another way, in an open stage.
 */
export function standingWithoutSale(
  before: OpportunityStanding | null,
  isUnchanged: boolean
): OpportunityStanding {
  const open = { stage: 'discovery', closeReason: null, closedAt: null } as const
  if (before === null || before.stage === 'won') return open
  return isUnchanged || !isClosedStage(before.stage) ? before : open
}

/** A new amount: as given, or else what the products come to. */
export function settleAmount(
  before: Pick<Opportunity, 'amount' | 'products'> | null,
  change: { amount?: Money | null | undefined; products?: OpportunityProduct[] | undefined }
): Money | null {
  if (change.amount) return change.amount
  const products = change.products ?? before?.products ?? []
  const isGivenBefore =
    before !== null && !isSameMoney(before.amount, sumOfProducts(before.products))
  // An amount that a request gave stays until a request removes it.
  if (change.amount === undefined && isGivenBefore) return before.amount
  return sumOfProducts(products)
}

function isSameMoney(one: Money | null, other: Money | null): boolean {
  return one?.amount === other?.amount && one?.currency === other?.currency
}

/** The members of an existing opportunity that a conversion may fill. */
export type FillableOpportunity = Pick<
  Opportunity,
  'name' | 'amount' | 'expectedClose' | 'products' | 'description' | 'accountId'
>
