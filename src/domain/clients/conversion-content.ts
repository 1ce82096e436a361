import type { AccountChoice } from './plan-account.ts'
import type { OpportunityChoice } from './plan-opportunity.ts'

/** The content of a conversion, as it is requested. */
export interface ConversionContent {
  /** Null: a new client. */
  clientId: string | null
  /** Whether a new client may be surely the same person as another. */
  allowDuplicate: boolean
  /** Whether the values of the lead replace those of existing records. */
  overwrite: boolean
  account: { id: string } | (AccountChoice & { account: null }) | null
  opportunity: { id: string } | (OpportunityChoice & { opportunity: null }) | null
  /** Undefined: the user assigned to the lead, otherwise the user who converts it. */
  responsibleUserId: string | null | undefined
  /** Undefined: by the mapping, otherwise the message of the lead. */
  description: string | null | undefined
}
