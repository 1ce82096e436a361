import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { settleAmount, settleStanding } from '../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { findClientById, holdClient } from '../../repositories/clients/clients.ts'
import { findOpportunityById, insertOpportunity } from '../../repositories/clients/opportunities.ts'
import { findLead, lockSeenLead } from '../../repositories/leads/leads.ts'
import type { CreateCommand } from '../command.ts'
import type { Duplicates } from '../sales/steps/refuse-sold-vehicle.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { closeLeadOfDeal, holdLeadOfDeal } from './steps/close-lead-of-deal.ts'
import { recordOpportunity, refuseReferences } from './steps/opportunity-changes.ts'
import type { OpportunityChange } from './steps/opportunity-changes.ts'
import { chooseResponsible } from './steps/responsible-user.ts'

interface CreateOpportunity extends CreateCommand<Opportunity>, Duplicates {
  /** Domain of our Message-IDs. */
  mailDomain: string
  opportunity: OpportunityChange & { name: string; clientId: string | null; leadId: string | null }
}

/** Creates an opportunity of a client. The client may be missing if the lead has one. */
export async function createOpportunity(
  db: Database,
  command: CreateOpportunity
): Promise<Created<Opportunity> | Refusal> {
  const { principal, now, opportunity: incoming } = command
  const standing = settleStanding(null, incoming, now)
  if (isRefusal(standing)) return standing
  return await createOnce(db, command, async (tx) => {
    // Its lead is locked after the status and before the client; it is checked below.
    const ended = {
      leadId: await seenLeadId(tx, principal, incoming.leadId),
      stage: standing.stage
    }
    const ofDeal = await holdLeadOfDeal(tx, ended, false)
    if (isRefusal(ofDeal)) return ofDeal
    const client = await holdClientOf(tx, principal, incoming)
    if (isRefusal(client)) return client
    const { accountId = client.accountId } = incoming
    const responsibleUserId = chooseResponsible(principal, incoming.responsibleUserId)
    const refusal = await refuseReferences(tx, principal, { accountId, responsibleUserId })
    if (refusal) return refusal
    const opportunity = await insertOpportunity(
      tx,
      {
        id: newId(),
        name: incoming.name,
        clientId: client.clientId,
        accountId,
        leadId: incoming.leadId,
        ...standing,
        amount: settleAmount(null, incoming),
        expectedClose: incoming.expectedClose ?? null,
        products: incoming.products ?? [],
        description: incoming.description ?? null,
        responsibleUserId
      },
      now
    )
    await recordOpportunity(tx, 'opportunity.created', opportunity, command)
    if (!ofDeal) return opportunity
    const unclosed = await closeLeadOfDeal(tx, command, ofDeal, {
      deal: opportunity,
      before: null,
      onlyStage: false
    })
    return unclosed ?? (await findOpportunityById(tx, opportunity.id)) ?? opportunity
  })
}

async function seenLeadId(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string | null
): Promise<string | null> {
  const lead = id === null ? null : await findLead(tx, principal, id)
  return lead?.id ?? null
}

/** The client of the opportunity, which can't be removed until the end. The lead is locked first. */
async function holdClientOf(
  tx: Transaction,
  principal: TenantPrincipal,
  { clientId, leadId }: { clientId: string | null; leadId: string | null }
): Promise<{ clientId: string; accountId: string | null } | Refusal> {
  const lead = leadId === null ? null : await lockSeenLead(tx, principal, leadId)
  if (leadId !== null && !lead) return notFound('lead')
  const ofLead = lead?.client?.id ?? null
  const named = clientId ?? ofLead
  if (named === null) return invalid('/clientId', 'client-required')
  const id = await holdClient(tx, principal, named)
  if (id === null) return notFound('client')
  if (lead && ofLead !== id) return invalid('/leadId', 'other-client')
  const client = await findClientById(tx, id)
  return { clientId: id, accountId: client?.account?.id ?? null }
}
