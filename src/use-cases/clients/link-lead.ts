import type { Database, Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import type { Client } from '../../domain/clients/client.ts'
import { mailToTester, mailToUser } from '../../domain/deliveries/delivery.ts'
import type { PlannedDelivery } from '../../domain/deliveries/delivery.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { findClientById } from '../../repositories/clients/clients.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { findUser } from '../../repositories/access/users.ts'
import { carryConsents } from './steps/carry-consents.ts'
import { expected } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import {
  changeClientAndStatus,
  refuseClient,
  statusWithClient
} from './steps/change-client-and-status.ts'
import type { LeadCommand, ChangedLead } from './steps/change-client-and-status.ts'
import { lockLinkedClient } from './steps/colleagues-client.ts'
import { planFollowUp } from './steps/plan-follow-up.ts'
import { rescoreLead } from '../scoring/steps/rescore-leads.ts'

interface LinkLead extends LeadCommand<LinkedLead> {
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

/** Links a lead to a client, and plans the next activity. */
export async function linkLead(
  db: Database,
  command: LinkLead
): Promise<Created<LinkedLead> | Refusal> {
  return await createOnce(db, command, (tx) => link(tx, command))
}

async function link(tx: Transaction, command: LinkLead): Promise<LinkedLead | Refusal> {
  const { principal, now } = command
  const lead = expected(command, await lockLead(tx, principal, command.leadId), 'lead')
  if (isRefusal(lead)) return lead
  const obstacle = refuseClient(lead)
  if (obstacle) return obstacle
  const { clientId } = command
  const client = await lockLinkedClient(tx, principal, { lead, clientId })
  if (isRefusal(client)) return client
  const status = await holdStatusOfGroup(tx, 'linked', command.statusId)
  if (!status) return invalid('/statusId', 'status-of-other-group')

  const place = { status: statusWithClient(lead, status), clientId: client.id }
  const changed = await changeClientAndStatus(tx, lead, place, now)
  const activity = command.planActivity ? await planFollowUp(tx, command, { lead, client }) : null
  const operationId = newId()
  const brought = { lead, clientId: client.id, origin: 'link' as const, operationId }
  await carryConsents(tx, { ...brought, actor: actorOf(principal), now })
  await recordLink(tx, command, { operationId, clientId: client.id, changed, activity })
  await rescoreLead(tx, lead.id, now)
  if (command.notifyResponsible) {
    const deliveries = await planNotice(tx, lead, client)
    const { leadId, mailDomain } = command
    await createDeliveries(tx, { leadId, mailDomain, now, deliveries })
  }
  const linked = await findLeadById(tx, lead.id)
  const known = await findClientById(tx, client.id)
  if (!linked || !known) throw new Error('a locked lead or client is gone')
  return { operationId, lead: linked, client: known, activity }
}

async function recordLink(
  tx: Transaction,
  { principal, leadId, now }: LinkLead,
  done: { operationId: string; clientId: string; changed: ChangedLead; activity: Activity | null }
): Promise<void> {
  const actor = actorOf(principal)
  const { operationId, clientId, changed, activity } = done
  const { before, versionAfter, moved } = changed
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

/** The mail to the client's active responsible user. The mail of a test lead goes to the test address. */
async function planNotice(
  tx: Transaction,
  lead: Lead,
  { responsibleUser }: Client
): Promise<PlannedDelivery[]> {
  const user = responsibleUser && (await findUser(tx, responsibleUser.id))
  if (user?.active !== true) return []
  if (!lead.content.isTest) return [mailToUser('responsible_mail', user)]
  const testAddress = (await findDealer(tx))?.settings.testAddress ?? null
  return testAddress === null ? [] : [mailToTester('responsible_mail', testAddress, user.name)]
}
