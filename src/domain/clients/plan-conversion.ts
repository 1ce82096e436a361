import { clientName } from './client.ts'
import { planAccount } from './plan-account.ts'
import type { AccountPlan, AccountChoice } from './plan-account.ts'
import { planClient } from './plan-client.ts'
import type { ClientPlan, ClientChoice } from './plan-client.ts'
import { planOpportunity } from './plan-opportunity.ts'
import type { OpportunityPlan, OpportunityChoice } from './plan-opportunity.ts'
import type { MappingBasis, PlanFault } from './planned-field.ts'

/** The facts for the plan of a conversion. */
export interface ConversionBasis extends MappingBasis, ClientChoice {
  /** The dealer's, for amounts of a mapping. */
  currency: string
  account: AccountChoice | null
  opportunity: OpportunityChoice | null
}

/** All that a conversion makes and fills. */
export interface ConversionPlan {
  client: ClientPlan
  account: AccountPlan | null
  opportunity: OpportunityPlan | null
  /** Whether the client is to belong to the account. */
  joinsAccount: boolean
  /** Why it can't be done, beside what others have done meanwhile. */
  faults: PlanFault[]
}

/** Plans a conversion from values alone: what a preview shows is what the conversion does. */
export function planConversion(basis: ConversionBasis): ConversionPlan {
  const { overwrite } = basis
  const client = planClient(basis, basis)
  const account = basis.account && planAccount(basis, basis.account, overwrite)
  const opportunity =
    basis.opportunity &&
    planOpportunity(basis, basis.opportunity, {
      clientName: clientName(client.content.contact) ?? '',
      overwrite
    })
  const plans = [client, account, opportunity]
  return {
    client,
    account,
    opportunity,
    joinsAccount: account !== null && isFree(basis.client, account.id, overwrite),
    faults: plans.flatMap((plan) => plan?.faults ?? [])
  }
}

/** A client that belongs to a company stays with it, unless told otherwise. */
function isFree(client: ClientChoice['client'], accountId: string | null, overwrite: boolean) {
  if (!client?.account) return true
  return overwrite && client.account.id !== accountId
}
