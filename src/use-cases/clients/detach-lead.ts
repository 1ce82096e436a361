import type { Transaction } from '../../database/client.ts'
import type { Client } from '../../domain/clients/client.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { CallOperation, Detached } from '../../domain/operations/operation.ts'
import { isOpenGroup } from '../../domain/leads/status-groups.ts'
import { newId } from '../../ids.ts'
import { reassignActivities } from '../../repositories/activities/activities.ts'
import {
  findClientById,
  lockClient,
  lockClientById,
  setClientOrigin
} from '../../repositories/clients/clients.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { NewEvent } from '../../repositories/events/record-events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { carryConsents, voidConsents } from './steps/carry-consents.ts'
import { placeLead } from './lead-call.ts'
import type { LeadCall, LeadCallRefusal, PlacedLead } from './lead-call.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

/**
 * Takes a lead from its client: it is `new` again, and the client keeps nothing of it, neither the
 * activities about it, nor the note that it was made from it, nor what was said with it or about it.
 * The client itself stays.
 */
export async function unlinkLead(
  tx: Transaction,
  call: LeadCall
): Promise<{ operationId: string; lead: Lead } | { refusal: LeadCallRefusal }> {
  const lead = await lockLead(tx, call.principal, call.leadId)
  if (!lead) return { refusal: 'unknown-lead' }
  call.checkVersion(lead.version)
  if (!lead.client) return { refusal: 'has-no-client' }
  if (!isOpenGroup(lead.status.group)) return { refusal: 'closed' }
  const status = await holdStatusOfGroup(tx, 'new', null)
  if (!status) throw new Error('a dealer has no status of group new')

  const placed = await placeLead(tx, lead, { status, clientId: null }, call.now)
  const detached = await detach(tx, call, { clientId: lead.client.id, to: null })
  const kind = { kind: 'unlink', event: 'lead.unlinked' } as const
  const operationId = newId()
  await recordDetached(tx, call, { ...kind, operationId, placed, detached, to: null })
  await rescoreLead(tx, lead.id, call.now)
  return { operationId, lead: await reread(tx, lead.id) }
}

/** Takes a lead from one client to another, with the activities about it; its status stays. */
export async function moveLead(
  tx: Transaction,
  call: LeadCall & { clientId: string }
): Promise<{ operationId: string; lead: Lead; client: Client } | { refusal: LeadCallRefusal }> {
  const lead = await lockLead(tx, call.principal, call.leadId)
  if (!lead) return { refusal: 'unknown-lead' }
  call.checkVersion(lead.version)
  if (!lead.client) return { refusal: 'has-no-client' }
  // Clients in the order of their ids, so that moves to and fro don't wait for each other.
  if (lead.client.id < call.clientId) await lockClientById(tx, lead.client.id)
  const client = await lockClient(tx, call.principal, call.clientId)
  if (!client) return { refusal: 'unknown-client' }
  if (client.id === lead.client.id) return { refusal: 'same-client' }

  const to = client.id
  const placed = await placeLead(tx, lead, { status: lead.status, clientId: to }, call.now)
  const detached = await detach(tx, call, { clientId: lead.client.id, to })
  const operationId = newId()
  await carryConsents(tx, { ...call, lead, clientId: to, origin: 'link', operationId })
  const kind = { kind: 'move', event: 'lead.moved' } as const
  await recordDetached(tx, call, { ...kind, operationId, placed, detached, to })
  await rescoreLead(tx, lead.id, call.now)
  const moved = await findClientById(tx, to)
  if (!moved) throw new Error('a locked client is gone')
  return { operationId, lead: await reread(tx, lead.id), client: moved }
}

async function detach(
  tx: Transaction,
  { leadId, now }: LeadCall,
  { clientId, to }: { clientId: string; to: string | null }
): Promise<Detached> {
  const wasOrigin = await setClientOrigin(tx, clientId, { from: leadId, to: null }, now)
  const activityIds = await reassignActivities(tx, { leadId, from: clientId, to }, now)
  const consentIds = await voidConsents(tx, { clientId, leadId, now })
  return { clientId, activityIds, wasOrigin, consentIds }
}

async function recordDetached(
  tx: Transaction,
  { actor, leadId, now }: LeadCall,
  done: {
    operationId: string
    kind: CallOperation['kind']
    event: 'lead.unlinked' | 'lead.moved'
    placed: PlacedLead
    detached: Detached
    to: string | null
  }
): Promise<void> {
  const { operationId, placed, detached } = done
  await insertOperation(tx, {
    id: operationId,
    kind: done.kind,
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: { id: leadId, before: placed.before, versionAfter: placed.versionAfter },
      createdClient: null,
      createdActivity: null,
      detached
    },
    undoneAt: null,
    createdAt: now
  })
  await recordEvents(tx, actor, now, [
    {
      type: done.event,
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId: done.to ?? detached.clientId,
      data: { operationId, fromClientId: detached.clientId, toClientId: done.to, ...placed.moved }
    },
    ...(done.to === null ? [] : [leftBehind(leadId, detached.clientId, operationId)])
  ])
}

/** A move is told of the client it goes to; the one it leaves has it in its history too. */
function leftBehind(leadId: string, clientId: string, operationId: string): NewEvent {
  const subject = { type: 'client' as const, id: clientId }
  return {
    type: 'client.updated',
    subject,
    leadId,
    clientId,
    data: { operationId, fields: ['leads'] }
  }
}

async function reread(tx: Transaction, leadId: string): Promise<Lead> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  return lead
}
