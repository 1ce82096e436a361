import type { Database, Transaction } from '../../database/client.ts'
import type { Client } from '../../domain/clients/client.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type {
  ClientOperation,
  Detached,
  ReassignedLeads
} from '../../domain/operations/operation.ts'
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
import { followClient } from './steps/follow-client.ts'
import { handOverLeads, isHandover, versionAfterHandover } from './steps/hand-over-leads.ts'
import { expected } from '../command.ts'
import type { Command } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { changeClientAndStatus } from './steps/change-client-and-status.ts'
import type { LeadCommand, ChangedLead } from './steps/change-client-and-status.ts'
import { rescoreLead } from '../scoring/steps/rescore-leads.ts'

export interface UnlinkedLead {
  operationId: string
  lead: Lead
}

export interface MovedLead extends UnlinkedLead {
  client: Client
}

interface MoveLead extends LeadCommand<MovedLead> {
  clientId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Unlinks a lead from its client; its status is `new` again. The client loses the activities and
 * consents of the lead, and no longer names it as its origin.
 */
export async function unlinkLead(
  db: Database,
  command: LeadCommand<UnlinkedLead>
): Promise<Created<UnlinkedLead> | Refusal> {
  const { principal, now } = command
  return await createOnce(db, command, async (tx) => {
    const lead = expected(command, await lockLead(tx, principal, command.leadId), 'lead')
    if (isRefusal(lead)) return lead
    if (!lead.client) return { refusal: 'lead-without-client' }
    if (!isOpenGroup(lead.status.group)) return { refusal: 'lead-closed' }
    const status = await holdStatusOfGroup(tx, 'new', null)
    if (!status) throw new Error('a dealer has no status of group new')

    const changed = await changeClientAndStatus(tx, lead, { status, clientId: null }, now)
    const detached = await detach(tx, command, { clientId: lead.client.id, to: null })
    const kind = { kind: 'unlink', event: 'lead.unlinked', responsibleUserId: null } as const
    const operationId = newId()
    const handedOver = { leads: [] }
    const done = { ...kind, operationId, changed, handedOver, detached, to: null }
    await recordDetached(tx, command, done)
    await rescoreLead(tx, lead.id, now)
    return { operationId, lead: await reread(tx, lead.id) }
  })
}

/** Moves a lead with its activities to another client; its status stays. */
export async function moveLeadToClient(
  db: Database,
  command: MoveLead
): Promise<Created<MovedLead> | Refusal> {
  return await createOnce(db, command, (tx) => move(tx, command))
}

async function move(tx: Transaction, command: MoveLead): Promise<MovedLead | Refusal> {
  const { principal, now, clientId } = command
  const lead = expected(command, await lockLead(tx, principal, command.leadId), 'lead')
  if (isRefusal(lead)) return lead
  if (!lead.client) return { refusal: 'lead-without-client' }
  // Clients are locked in the order of their ids, so that opposite moves don't deadlock.
  if (lead.client.id < clientId) await lockClientById(tx, lead.client.id)
  const client = await lockClient(tx, principal, clientId)
  if (!client) return notFound('client')
  if (client.id === lead.client.id) return { refusal: 'lead-of-client' }
  const from = await findClientById(tx, lead.client.id)

  const to = client.id
  const changed = await changeClientAndStatus(tx, lead, { status: lead.status, clientId: to }, now)
  const detached = await detach(tx, command, { clientId: lead.client.id, to })
  const operationId = newId()
  const brought = { lead, clientId: to, origin: 'link' as const, operationId }
  await carryConsents(tx, { ...brought, actor: actorOf(principal), now })
  const responsibleUserId = client.responsibleUser?.id ?? null
  const handedOver = await handOverMoved(tx, command, { from, client, operationId })
  if (isRefusal(handedOver)) return handedOver
  const kind = { kind: 'move', event: 'lead.moved', responsibleUserId } as const
  await recordDetached(tx, command, { ...kind, operationId, changed, handedOver, detached, to })
  await rescoreLead(tx, lead.id, now)
  const moved = await findClientById(tx, to)
  if (!moved) throw new Error('a locked client was not found')
  return { operationId, lead: await reread(tx, lead.id), client: moved }
}

/**
 * A converted or sold lead goes from the responsible user of its client to that of the new one; a converted
 * one also from a user who can't work on it there.
 */
async function handOverMoved(
  tx: Transaction,
  { principal, leadId, now, mailDomain }: MoveLead,
  { from, client, operationId }: { from: Client | null; client: Client; operationId: string }
): Promise<ReassignedLeads | Refusal> {
  const toId = client.responsibleUser?.id ?? null
  const fromId = from?.responsibleUser?.id ?? null
  if (toId === null) return { leads: [] }
  const handing = { actor: actorOf(principal), now, mailDomain, operationId }
  const passed = { clientId: client.id, fromId, toId, only: [leadId] }
  const handedOver = fromId === toId ? { leads: [] } : await handOverLeads(tx, passed, handing)
  if (isRefusal(handedOver) || handedOver.leads.length > 0) return handedOver
  return await followClient(tx, leadId, handing)
}

type OfLead = Command & { leadId: string }

async function detach(
  tx: Transaction,
  { leadId, now }: OfLead,
  { clientId, to }: { clientId: string; to: string | null }
): Promise<Detached> {
  const wasOrigin = await setClientOrigin(tx, clientId, { from: leadId, to: null }, now)
  const activityIds = await reassignActivities(tx, { leadId, from: clientId, to }, now)
  const consentIds = await voidConsents(tx, { clientId, leadId, now })
  return { clientId, activityIds, wasOrigin, consentIds }
}

async function recordDetached(
  tx: Transaction,
  { principal, leadId, now }: OfLead,
  done: {
    operationId: string
    kind: ClientOperation['kind']
    event: 'lead.unlinked' | 'lead.moved'
    changed: ChangedLead
    handedOver: ReassignedLeads
    detached: Detached
    to: string | null
    responsibleUserId: string | null
  }
): Promise<void> {
  const actor = actorOf(principal)
  const { operationId, changed, handedOver, detached } = done
  const left = { id: leadId, version: changed.versionAfter }
  await insertOperation(tx, {
    id: operationId,
    kind: done.kind,
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: {
        id: leadId,
        before: changed.before,
        versionAfter: versionAfterHandover(handedOver, left)
      },
      handedOver: isHandover(handedOver) ? handedOver : null,
      createdClient: null,
      createdActivity: null,
      detached,
      responsibleUserId: done.responsibleUserId
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
      data: { operationId, fromClientId: detached.clientId, toClientId: done.to, ...changed.moved }
    },
    ...(done.to === null ? [] : [leftBehind(leadId, detached.clientId, operationId)])
  ])
}

/** The event of a move belongs to the new client; this one shows it in the history of the old. */
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
