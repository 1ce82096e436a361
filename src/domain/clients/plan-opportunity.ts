import { vehicleName } from '../leads/contact.ts'
import { findField } from '../leads/field-catalogue.ts'
import { isMoney } from '../leads/lead-field.ts'
import type { Money } from '../leads/values.ts'
import type { Vehicle } from '../leads/vehicle.ts'
import type { FillableOpportunity } from './opportunity.ts'
import { sumOfProducts } from './opportunity.ts'
import type { Opportunity, OpportunityProduct, OpportunityStage } from './opportunity.ts'
import {
  carried,
  findPlanFaults,
  isTaken,
  mapFields,
  said,
  withOverrides
} from './planned-field.ts'
import type { FieldProposal, MappingBasis, PlanFault, PlannedField } from './planned-field.ts'

/** The requested values of a new opportunity. Undefined: by the mapping, otherwise by the lead. */
interface GivenOpportunity {
  name?: string | undefined
  amount?: Money | null | undefined
  expectedClose?: string | null | undefined
  products?: OpportunityProduct[] | undefined
  description?: string | null | undefined
}

/** The requested opportunity: an existing one, or a new one. */
export type OpportunityChoice =
  | { opportunity: Opportunity }
  | { opportunity: null; stage: OpportunityStage; given: GivenOpportunity }

export interface OpportunityPlan {
  action: 'create' | 'fill'
  id: string | null
  fields: PlannedField[]
  stage: OpportunityStage
  /** Its account is settled when that is there. */
  content: Omit<FillableOpportunity, 'accountId'>
  faults: PlanFault[]
}

/** Plans a new deal, about the vehicles the lead asks for; or what fills one that is there. */
export function planOpportunity(
  basis: MappingBasis & { currency: string },
  choice: OpportunityChoice,
  { clientName, overwrite }: { clientName: string; overwrite: boolean }
): OpportunityPlan {
  const { opportunity } = choice
  const before: Record<string, unknown> = { ...(opportunity ?? BLANK) }
  const proposals = withOverrides(
    fromLead(basis, opportunity ? null : clientName),
    mapFields(basis, 'opportunity').map((proposal) => withMoney(basis, proposal)),
    opportunity ? [] : givenFields(choice.given)
  )
  const fields = withSum(proposals, before.products, overwrite).map((proposal) => {
    const current = before[memberOf(proposal.to)] ?? null
    return { ...proposal, current, applied: isTaken(proposal.value, current, overwrite) }
  })
  const applied = fields.filter((field) => field.applied)
  const filled = Object.fromEntries(applied.map(({ to, value }) => [memberOf(to), value]))
  const { name, amount, expectedClose, products, description } = opportunity ?? BLANK
  return {
    action: opportunity ? 'fill' : 'create',
    id: opportunity?.id ?? null,
    fields,
    stage: choice.opportunity ? choice.opportunity.stage : choice.stage,
    content: { name, amount, expectedClose, products, description, ...filled },
    faults: findPlanFaults(fields, basis)
  }
}

const BLANK = {
  name: '',
  amount: null,
  expectedClose: null,
  products: [] as OpportunityProduct[],
  description: null
}

/** A person who wants to buy or lease a car opens a deal about it, at the price of the request. */
function fromLead({ lead }: MappingBasis, clientName: string | null): FieldProposal[] {
  const { vehicles } = lead.content
  const wanted = vehicles.filter(({ interest }) => interest === 'buy' || interest === 'lease')
  const products = wanted.map((vehicle) => ({ vehicle, price: priceOf(vehicle), quantity: 1 }))
  const named = wanted
    .map(vehicleName)
    .find((name) => name !== '')
    ?.slice(0, MAX_NAME)
  const name =
    named === undefined
      ? carried('opportunity.name', 'contact.name', clientName)
      : carried('opportunity.name', 'vehicles', named)
  // A deal that is there keeps its name, unless the mapping has another for it.
  return [
    ...(clientName === null ? [] : [name]),
    carried('opportunity.products', 'vehicles', products)
  ]
}

const MAX_NAME = 200

/** A price that is a difference to another is none of its own. */
function priceOf({ price }: Vehicle): Money | null {
  const isAbsolute = price && (price.delta === null || price.delta === 'absolute')
  return isAbsolute ? { amount: price.amount, currency: price.currency } : null
}

function givenFields(given: GivenOpportunity): FieldProposal[] {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]) => said(`opportunity.${member}`, value))
}

/** A mapped amount is in the currency of the price it was read from, else in the dealer's. */
function withMoney(
  { lead, currency }: MappingBasis & { currency: string },
  proposal: FieldProposal
): FieldProposal {
  const { to, from, value, isDefault } = proposal
  if (to !== 'opportunity.amount' || typeof value !== 'number') return proposal
  const given = from === null || isDefault ? [] : (findField(from)?.read(lead) ?? [])
  const money = given.find(isMoney)
  return {
    ...proposal,
    value: { amount: value.toFixed(2), currency: money ? money.currency : currency }
  }
}

/** Without a stated amount, the sum of the products holds. */
function withSum(
  proposals: readonly FieldProposal[],
  before: unknown,
  overwrite: boolean
): readonly FieldProposal[] {
  const products = proposals.find(({ to }) => to === 'opportunity.products')
  if (!products || !isTaken(products.value, before, overwrite)) return proposals
  const sum = sumOfProducts(products.value as OpportunityProduct[])
  const amount = { ...products, to: 'opportunity.amount', value: sum }
  return withOverrides([amount], proposals)
}

function memberOf(to: string): string {
  return to.slice('opportunity.'.length)
}
