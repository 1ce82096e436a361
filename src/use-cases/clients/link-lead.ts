import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { Client } from '../../domain/clients/client.ts'
import { mailTo } from '../../domain/deliveries/delivery.ts'
import type { PlannedDelivery } from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { findClientById, lockClient } from '../../repositories/clients/clients.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { findUser } from '../../repositories/access/users.ts'
import { carryConsents } from './steps/carry-consents.ts'
import { obstacleToClient, placeLead } from './lead-call.ts'
import type { LeadCall, LeadCallRefusal, PlacedLead } from './lead-call.ts'
import { planFollowUp } from './plan-follow-up.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

export interface LinkLead extends LeadCall {
  clientId: string
  /** A status of group `linked`, or null: the dealer's first. */
  statusId: string | null
  planActivity: boolean
  notifyResponsible: boolean
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export interface LinkedLead {
  operationId: string
  lead: Lead
  client: Client
  activity: Activity | null
}

/** Says that a lead is by a client already known, and plans what comes next. */
export async function linkLead(
  tx: Transaction,
  call: LinkLead
): Promise<LinkedLead | { refusal: LeadCallRefusal }> {
  const lead = await lockLead(tx, call.principal, call.leadId)
  if (!lead) return { refusal: 'unknown-lead' }
  call.checkVersion(lead.version)
  const obstacle = obstacleToClient(lead)
  if (obstacle !== null) return { refusal: obstacle }
  const client = await lockClient(tx, call.principal, call.clientId)
  if (!client) return { refusal: 'unknown-client' }
  const status = await holdStatusOfGroup(tx, 'linked', call.statusId)
  if (!status) return { refusal: 'unknown-status' }

  const placed = await placeLead(tx, lead, { status, clientId: client.id }, call.now)
  const activity = call.planActivity ? await planFollowUp(tx, call, { lead, client }) : null
  const operationId = newId()
  await carryConsents(tx, { ...call, lead, clientId: client.id, origin: 'link', operationId })
  await recordLink(tx, call, { operationId, clientId: client.id, placed, activity })
  await rescoreLead(tx, lead.id, call.now)
  if (call.notifyResponsible) {
    const deliveries = await planNotice(tx, lead, client)
    await oweDeliveries(tx, { ...call, deliveries })
  }
  const linked = await findLeadById(tx, lead.id)
  const known = await findClientById(tx, client.id)
  if (!linked || !known) throw new Error('a locked lead or client is gone')
  return { operationId, lead: linked, client: known, activity }
}

async function recordLink(
  tx: Transaction,
  { actor, leadId, now }: LinkLead,
  done: { operationId: string; clientId: string; placed: PlacedLead; activity: Activity | null }
): Promise<void> {
  const { operationId, clientId, placed, activity } = done
  const { before, versionAfter, moved } = placed
  await insertOperation(tx, {
    id: operationId,
    kind: 'link',
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: { id: leadId, before, versionAfter },
      createdClient: null,
      createdActivity: activity && { id: activity.id, version: activity.version },
      detached: null
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
      data: { operationId, ...moved }
    }
  ])
}

/**
 * The mail to the client's responsible user; none where the client has no active one. Of a test lead
 * nobody hears but the dealer's test address.
 */
async function planNotice(
  tx: Transaction,
  lead: Lead,
  { responsibleUser }: Client
): Promise<PlannedDelivery[]> {
  const user = responsibleUser && (await findUser(tx, responsibleUser.id))
  if (user?.active !== true) return []
  if (!lead.content.isTest) return [mailTo('responsible_mail', user.email, user.name)]
  const testAddress = (await findDealer(tx))?.settings.testAddress ?? null
  return testAddress === null ? [] : [mailTo('responsible_mail', testAddress, user.name)]
}
