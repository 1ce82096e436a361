import type { Transaction } from '../../../database/client.ts'
import { localTimeOf } from '../../../domain/clock/time-zone.ts'
import type { Account } from '../../../domain/clients/account.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { isClosedStage } from '../../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import type { ConversionContent } from '../../../domain/clients/conversion-content.ts'
import type { ConversionPlan } from '../../../domain/clients/plan-conversion.ts'
import { planConversion } from '../../../domain/clients/plan-conversion.ts'
import type { MappingParsers } from '../../../domain/fields/mapping-target.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { LeadFacts } from '../../../domain/rules/lead-fields.ts'
import { invalid, isRefusal, notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { findAccount, lockAccount } from '../../../repositories/clients/accounts.ts'
import { findOpportunity, lockOpportunity } from '../../../repositories/clients/opportunities.ts'
import { findMappingBasis } from '../../../repositories/fields/mapping-basis.ts'
import type { StoredMappingBasis } from '../../../repositories/fields/mapping-basis.ts'
import { findLead, lockLead } from '../../../repositories/leads/leads.ts'
import type { Command } from '../../command.ts'
import { findFreeClient } from './colleagues-client.ts'
import { refuseHandover } from './responsible-user.ts'

export interface ConversionCommand extends Command, ConversionContent {
  leadId: string
  parsers: MappingParsers
}

/** A conversion as planned, with what it is planned from. */
export interface PlannedConversion {
  lead: Lead
  client: Client | null
  account: Account | null
  opportunity: Opportunity | null
  plan: ConversionPlan
}

const LOOKING = {
  lead: findLead,
  account: findAccount,
  opportunity: findOpportunity
}
const LOCKING = {
  lead: lockLead,
  account: lockAccount,
  opportunity: lockOpportunity
}

/**
 * Reads what a conversion is about, and plans it. For the conversion itself all of it is locked: lead,
 * client, account, opportunity, in this order; for a preview it is only looked at.
 */
export async function planLeadConversion(
  tx: Transaction,
  command: ConversionCommand,
  { locks }: { locks: boolean }
): Promise<PlannedConversion | Refusal> {
  const read = locks ? LOCKING : LOOKING
  const { principal } = command
  const lead = await read.lead(tx, principal, command.leadId)
  if (!lead) return notFound('lead')
  const { clientId } = command
  const client =
    clientId === null ? null : await findFreeClient(tx, principal, { lead, clientId, locks })
  if (isRefusal(client)) return client
  if (client && keepsOther(client, command)) return invalid('/responsibleUserId', 'needs-overwrite')
  const accountId = idOf(command.account)
  const account = accountId === null ? null : await read.account(tx, principal, accountId)
  if (accountId !== null && !account) return notFound('account')
  const dealId = idOf(command.opportunity)
  const opportunity = dealId === null ? null : await read.opportunity(tx, principal, dealId)
  if (dealId !== null && !opportunity) return notFound('opportunity')
  if (opportunity) {
    if (opportunity.clientId !== client?.id) return invalid('/opportunity/id', 'other-client')
    if (isClosedStage(opportunity.stage)) return invalid('/opportunity/id', 'closed-opportunity')
  }
  const responsible = await findConversionUser(tx, command, lead)
  if (!responsible) return invalid('/responsibleUserId', 'inactive-user')
  const handover =
    client && command.overwrite
      ? refuseHandover(principal, command.responsibleUserId ?? undefined, [
          client.responsibleUser?.id ?? null
        ])
      : null
  if (handover) return handover
  const there = { client, account, opportunity }
  return { lead, ...there, plan: await plan(tx, command, { lead, responsible, ...there }) }
}

async function plan(
  tx: Transaction,
  command: ConversionCommand,
  known: Omit<PlannedConversion, 'plan'> & { responsible: Responsible }
): Promise<ConversionPlan> {
  const { client, account, opportunity, responsible } = known
  const { mapping, clientFields, currency, ...stored } = await findMappingBasis(tx, known.lead.id)
  const { overwrite, description, parsers } = command
  return planConversion({
    lead: describeLead(known.lead, stored),
    mapping,
    clientFields,
    currency,
    client,
    account:
      command.account && 'account' in command.account ? command.account : account && { account },
    opportunity:
      command.opportunity && 'opportunity' in command.opportunity
        ? command.opportunity
        : opportunity && { opportunity },
    responsible,
    overwrite,
    description,
    parsers
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

/** Null when the named user is not active. */
async function findConversionUser(
  tx: Transaction,
  { principal, responsibleUserId }: ConversionCommand,
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

/** Whether the command names another responsible user than a client keeps that is not overwritten. */
function keepsOther({ responsibleUser }: Client, command: ConversionCommand): boolean {
  const { responsibleUserId: named, overwrite } = command
  return (
    !overwrite && responsibleUser !== null && named !== undefined && named !== responsibleUser.id
  )
}

function idOf(
  choice: ConversionCommand['account'] | ConversionCommand['opportunity']
): string | null {
  return choice && 'id' in choice ? choice.id : null
}
