import type { Transaction } from '../../../database/client.ts'
import type { Activity } from '../../../domain/activities/activity.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { Made } from '../../../domain/operations/operation.ts'
import { newId } from '../../../ids.ts'
import { findClientById } from '../../../repositories/clients/clients.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { insertOperation } from '../../../repositories/operations/operations.ts'
import { rescoreLead } from '../../scoring/steps/rescore-leads.ts'
import { carryConsents } from './carry-consents.ts'
import { changeClientAndStatus, statusWithClient } from './change-client-and-status.ts'
import type { ChangedLead } from './change-client-and-status.ts'
import { withdrawLinkRequests } from './end-link-requests.ts'
import { attachPlanned, madeOf, planFollowUp, requesterOf } from './plan-follow-up.ts'
import type { Agreed, FollowUpCommand } from './plan-follow-up.ts'

export interface LinkedLead {
  operationId: string
  lead: Lead
  client: Client
  activity: Activity | null
}

/** A locked lead and client, and the status that the lead gets. */
interface Link {
  lead: Lead
  client: Client
  status: HeldStatus
  planActivity: boolean
  /** The request that the caller agreed to. */
  agreed?: Agreed
}

/** Links a locked lead to a locked client. The caller has checked that both may be linked. */
export async function makeLink(
  tx: Transaction,
  command: FollowUpCommand,
  { lead, client, status, planActivity, agreed }: Link
): Promise<LinkedLead> {
  const { principal, now } = command
  const actor = agreed ? requesterOf(agreed) : actorOf(principal)
  const place = { status: statusWithClient(lead, status), clientId: client.id }
  const changed = await changeClientAndStatus(tx, lead, place, now)
  await withdrawLinkRequests(tx, lead.id, {
    code: 'request_lead_linked',
    actor: actorOf(principal),
    now,
    mailDomain: command.mailDomain
  })
  const attachedIds = await attachPlanned(tx, { leadId: lead.id, clientId: client.id }, now)
  const followUp = planActivity ? await planFollowUp(tx, command, { lead, client, agreed }) : null
  const operationId = newId()
  const brought = { lead, clientId: client.id, origin: 'link' as const, operationId }
  await carryConsents(tx, { ...brought, actor, now })
  const leadId = lead.id
  const made = madeOf(followUp)
  const agreement = agreed
    ? {
        linkRequestId: agreed.linkRequestId,
        requestedBy: agreed.requestedBy,
        agreedBy: principal.id
      }
    : {}
  const data = { ...changed.moved, ...agreement }
  const responsibleUserId = client.responsibleUser?.id ?? null
  const about = { leadId, operationId, clientId: client.id, attachedIds, responsibleUserId }
  await recordLink(tx, { actor, now }, { ...about, changed, made, data })
  await rescoreLead(tx, lead.id, now)
  const linked = await findLeadById(tx, lead.id)
  const known = await findClientById(tx, client.id)
  if (!linked || !known) throw new Error('a locked lead or client is gone')
  return { operationId, lead: linked, client: known, activity: followUp?.activity ?? null }
}

async function recordLink(
  tx: Transaction,
  { actor, now }: { actor: Actor; now: Date },
  done: {
    leadId: string
    operationId: string
    clientId: string
    attachedIds: string[]
    responsibleUserId: string | null
    changed: ChangedLead
    made: Made | null
    data: object
  }
): Promise<void> {
  const { leadId, operationId, clientId, attachedIds, responsibleUserId, changed, made } = done
  const { before, versionAfter } = changed
  await insertOperation(tx, {
    id: operationId,
    kind: 'link',
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: { id: leadId, before, versionAfter },
      createdClient: null,
      createdActivity: made,
      detached: null,
      attachedIds,
      responsibleUserId
    },
    undoneAt: null,
    createdAt: now
  })
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.linked',
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId,
      data: { operationId, ...done.data }
    }
  ])
}
