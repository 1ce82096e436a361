import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { settleAmount, settleStanding } from '../../domain/clients/opportunity.ts'
import type { Opportunity } from '../../domain/clients/opportunity.ts'
import type { Actor } from '../../domain/events/event.ts'
import { newId } from '../../ids.ts'
import { holdAccount } from '../../repositories/clients/accounts.ts'
import { findClientById, holdClient } from '../../repositories/clients/clients.ts'
import { insertOpportunity, updateOpportunity } from '../../repositories/clients/opportunities.ts'
import type { NewOpportunity } from '../../repositories/clients/opportunities.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockSeenLead } from '../../repositories/leads/leads.ts'
import { defaultResponsible, isActiveUser } from './create-client.ts'

export type OpportunityRefusal =
  | 'unknown-lead'
  | 'unknown-client'
  | 'unknown-account'
  | 'unknown-user'
  | 'client-required'
  | 'other-client'
  | 'reason-required'
  | 'reason-without-end'

/** What a caller may say of a deal. */
export type OpportunityChange = Partial<
  Pick<
    NewOpportunity,
    | 'name'
    | 'accountId'
    | 'stage'
    | 'closeReason'
    | 'amount'
    | 'expectedClose'
    | 'products'
    | 'description'
    | 'responsibleUserId'
  >
>

interface Call {
  principal: TenantPrincipal
  actor: Actor
  now: Date
}

/** Adds a deal of a client by hand; it may have come of one of the client's leads. */
export async function createOpportunity(
  tx: Transaction,
  incoming: OpportunityChange & { name: string; clientId: string | null; leadId: string | null },
  call: Call
): Promise<Opportunity | { refusal: OpportunityRefusal }> {
  const { now } = call
  const standing = settleStanding(null, incoming, now)
  if (typeof standing === 'string') return { refusal: standing }
  const whose = await settleClient(tx, call.principal, incoming)
  if ('refusal' in whose) return whose
  const { accountId = whose.accountId, responsibleUserId: named } = incoming
  const responsibleUserId =
    named ?? defaultResponsible({ principal: call.principal, responsibleUserId: named })
  const refusal = await refuseReferences(tx, call.principal, { accountId, responsibleUserId })
  if (refusal) return { refusal }
  const opportunity = await insertOpportunity(
    tx,
    {
      id: newId(),
      name: incoming.name,
      clientId: whose.clientId,
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
  await recordChange(tx, 'opportunity.created', opportunity, call)
  return opportunity
}

/** Changes a locked deal and answers it as it is now. Whose it is, and of which lead, never changes. */
export async function changeOpportunity(
  tx: Transaction,
  before: Opportunity,
  change: OpportunityChange,
  call: Call
): Promise<Opportunity | { refusal: OpportunityRefusal }> {
  const standing = settleStanding(before, change, call.now)
  if (typeof standing === 'string') return { refusal: standing }
  const refusal = await refuseReferences(tx, call.principal, change)
  if (refusal) return { refusal }
  const settled = { ...change, ...standing, amount: settleAmount(before, change) }
  const opportunity = await updateOpportunity(tx, before.id, settled, call.now)
  await recordChange(tx, 'opportunity.updated', opportunity, call, Object.keys(change))
  return opportunity
}

/** Whose deal it is: held, so that they are still there when it is written. Lead before client. */
async function settleClient(
  tx: Transaction,
  principal: TenantPrincipal,
  { clientId, leadId }: { clientId: string | null; leadId: string | null }
): Promise<{ clientId: string; accountId: string | null } | { refusal: OpportunityRefusal }> {
  const lead = leadId === null ? null : await lockSeenLead(tx, principal, leadId)
  if (leadId !== null && !lead) return { refusal: 'unknown-lead' }
  const ofLead = lead?.client?.id ?? null
  const named = clientId ?? ofLead
  if (named === null) return { refusal: 'client-required' }
  const id = await holdClient(tx, principal, named)
  if (id === null) return { refusal: 'unknown-client' }
  if (lead && ofLead !== id) return { refusal: 'other-client' }
  const client = await findClientById(tx, id)
  return { clientId: id, accountId: client?.account?.id ?? null }
}

async function refuseReferences(
  tx: Transaction,
  principal: TenantPrincipal,
  { accountId, responsibleUserId }: Pick<OpportunityChange, 'accountId' | 'responsibleUserId'>
): Promise<OpportunityRefusal | null> {
  if (typeof accountId === 'string' && !(await holdAccount(tx, principal, accountId))) {
    return 'unknown-account'
  }
  const isNamed = typeof responsibleUserId === 'string'
  return isNamed && !(await isActiveUser(tx, responsibleUserId)) ? 'unknown-user' : null
}

async function recordChange(
  tx: Transaction,
  type: 'opportunity.created' | 'opportunity.updated',
  { id, clientId, leadId, accountId, stage, responsibleUser }: Opportunity,
  { actor, now }: Call,
  fields?: readonly string[]
): Promise<void> {
  const standing = { stage, accountId, responsibleUserId: responsibleUser?.id ?? null }
  await recordEvents(tx, actor, now, [
    {
      type,
      subject: { type: 'opportunity', id },
      leadId,
      clientId,
      data: fields ? { fields, ...standing } : standing
    }
  ])
}
