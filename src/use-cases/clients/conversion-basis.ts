import type { Transaction } from '../../database/client.ts'
import { localTimeOf } from '../../domain/clock/time-zone.ts'
import type { Account } from '../../domain/clients/account.ts'
import type { Client } from '../../domain/clients/client.ts'
import { isClosedStage } from '../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import type { AccountWish } from '../../domain/clients/plan-account.ts'
import type { ConversionPlan } from '../../domain/clients/plan-conversion.ts'
import { planConversion } from '../../domain/clients/plan-conversion.ts'
import type { OpportunityWish } from '../../domain/clients/plan-opportunity.ts'
import type { MappingReading } from '../../domain/fields/mapping-target.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { LeadFacts } from '../../domain/rules/lead-fields.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findAccount, lockAccount } from '../../repositories/clients/accounts.ts'
import { findClient, lockClient } from '../../repositories/clients/clients.ts'
import { findOpportunity, lockOpportunity } from '../../repositories/clients/opportunities.ts'
import { findMappingBasis } from '../../repositories/fields/mapping-basis.ts'
import type { StoredMappingBasis } from '../../repositories/fields/mapping-basis.ts'
import { findLead, lockLead } from '../../repositories/leads/leads.ts'
import type { LeadCall } from './lead-call.ts'

/** What is to become of a lead. */
export interface ConversionCall extends LeadCall {
  /** The client to be filled, or null: a new one. */
  clientId: string | null
  /** Makes a new client even where one surely is this person already. */
  allowDuplicate: boolean
  /** Whether what is there takes the lead's values where it has its own. */
  overwrite: boolean
  account: { id: string } | (AccountWish & { account: null }) | null
  opportunity: { id: string } | (OpportunityWish & { opportunity: null }) | null
  /** Undefined: the lead's assignee, else the user who converts it. */
  responsibleUserId: string | null | undefined
  /** Undefined: by the mapping, else the lead's message. */
  description: string | null | undefined
  reading: MappingReading
}

/** A conversion as planned, with what it is planned from. */
export interface PlannedConversion {
  lead: Lead
  client: Client | null
  account: Account | null
  opportunity: Opportunity | null
  plan: ConversionPlan
}

export type BasisRefusal =
  | 'unknown-lead'
  | 'unknown-client'
  | 'unknown-account'
  | 'unknown-opportunity'
  | 'unknown-user'
  | 'foreign-opportunity'
  | 'closed-opportunity'

const LOOKING = {
  lead: findLead,
  client: findClient,
  account: findAccount,
  opportunity: findOpportunity
}
const LOCKING = {
  lead: lockLead,
  client: lockClient,
  account: lockAccount,
  opportunity: lockOpportunity
}

/**
 * Reads what a conversion is about, and plans it. For the conversion itself all of it is locked: lead,
 * client, account, opportunity, in this order; for a preview it is only looked at.
 */
export async function planLeadConversion(
  tx: Transaction,
  call: ConversionCall,
  { locks }: { locks: boolean }
): Promise<PlannedConversion | { refusal: BasisRefusal }> {
  const read = locks ? LOCKING : LOOKING
  const { principal } = call
  const lead = await read.lead(tx, principal, call.leadId)
  if (!lead) return { refusal: 'unknown-lead' }
  const client = call.clientId === null ? null : await read.client(tx, principal, call.clientId)
  if (call.clientId !== null && !client) return { refusal: 'unknown-client' }
  const accountId = idOf(call.account)
  const account = accountId === null ? null : await read.account(tx, principal, accountId)
  if (accountId !== null && !account) return { refusal: 'unknown-account' }
  const dealId = idOf(call.opportunity)
  const opportunity = dealId === null ? null : await read.opportunity(tx, principal, dealId)
  if (dealId !== null && !opportunity) return { refusal: 'unknown-opportunity' }
  if (opportunity) {
    if (opportunity.clientId !== client?.id) return { refusal: 'foreign-opportunity' }
    if (isClosedStage(opportunity.stage)) return { refusal: 'closed-opportunity' }
  }
  const responsible = await chooseResponsible(tx, call, lead)
  if (!responsible) return { refusal: 'unknown-user' }
  const there = { client, account, opportunity }
  return { lead, ...there, plan: await plan(tx, call, { lead, responsible, ...there }) }
}

async function plan(
  tx: Transaction,
  call: ConversionCall,
  known: Omit<PlannedConversion, 'plan'> & { responsible: Responsible }
): Promise<ConversionPlan> {
  const { client, account, opportunity, responsible } = known
  const { mapping, clientFields, currency, ...stored } = await findMappingBasis(tx, known.lead.id)
  const { overwrite, description, reading } = call
  return planConversion({
    lead: describeLead(known.lead, stored),
    mapping,
    clientFields,
    currency,
    client,
    account: call.account && 'account' in call.account ? call.account : account && { account },
    opportunity:
      call.opportunity && 'opportunity' in call.opportunity
        ? call.opportunity
        : opportunity && { opportunity },
    responsible,
    overwrite,
    description,
    reading
  })
}

/** The lead as rules see it, on whose names of fields the mapping goes. */
function describeLead(
  lead: Lead,
  {
    sourceKind,
    qualification,
    timeZone
  }: Omit<StoredMappingBasis, 'mapping' | 'clientFields' | 'currency'>
): LeadFacts {
  return {
    ...lead,
    source: { ...lead.source, kind: sourceKind },
    qualification,
    local: localTimeOf(lead.receivedAt, timeZone)
  }
}

interface Responsible {
  userId: string | null
  isSaid: boolean
}

/** Null: whoever is named is no active user. */
async function chooseResponsible(
  tx: Transaction,
  { principal, responsibleUserId }: ConversionCall,
  lead: Lead
): Promise<Responsible | null> {
  if (responsibleUserId === undefined) {
    const caller = principal.kind === 'user' ? principal.id : null
    return { userId: lead.assignee?.id ?? caller, isSaid: false }
  }
  if (responsibleUserId === null) return { userId: null, isSaid: true }
  const user = await findUser(tx, responsibleUserId)
  return user?.active === true ? { userId: user.id, isSaid: true } : null
}

function idOf(wish: ConversionCall['account'] | ConversionCall['opportunity']): string | null {
  return wish && 'id' in wish ? wish.id : null
}
