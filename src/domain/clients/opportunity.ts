import type { Money, Reference, Vehicle } from '../leads/lead.ts'

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

/** What a deal is about. */
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
  /** The lead it came of, or null: somebody added it by hand. */
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
  version: number
  createdAt: Date
  updatedAt: Date
}

export function isClosedStage(stage: OpportunityStage): boolean {
  return stage === 'won' || stage === 'lost'
}
