import type { Reference } from '../leads/lead.ts'
import type { Match } from '../matching/matches.ts'
import type { Refusal } from '../refusals.ts'
import type { Opportunity } from './opportunity.ts'
import type { ConversionPlan } from './plan-conversion.ts'

/** The plan of a conversion, existing records that match, and the refusals it would get. */
export interface ConversionPreview {
  plan: ConversionPlan
  matches: {
    clients: Match[]
    accounts: Reference[]
    opportunities: Pick<Opportunity, 'id' | 'name' | 'stage'>[]
  }
  /** In addition to the faults of the plan. */
  obstacles: Refusal[]
}
