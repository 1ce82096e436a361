import type { Transaction } from '../../database/client.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { clientContentOf } from '../../domain/clients/client.ts'
import type { Client } from '../../domain/clients/client.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Match } from '../../domain/leads/matching.ts'
import { newId } from '../../ids.ts'
import { findClientById, insertClient } from '../../repositories/clients/clients.ts'
import { insertConversion } from '../../repositories/clients/conversions.ts'
import { recordEvents } from '../../repositories/events.ts'
import { holdStatusOfGroup } from '../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLead } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/clients/operations.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findSureClients } from '../leads/find-matches.ts'
import { obstacleToClient, placeLead } from './lead-call.ts'
import type { LeadCall, LeadCallRefusal, PlacedLead } from './lead-call.ts'
import type { LinkedLead } from './link-lead.ts'
import { planFollowUp } from './plan-follow-up.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

export interface ConvertLead extends LeadCall {
  /** The lead's contact keys, locked: captures and conversions of one person take turns. */
  heldKeys: readonly string[]
  allowDuplicate: boolean
  /** A status of group `converted`, or null: the dealer's first. */
  statusId: string | null
  planActivity: boolean
  /** Undefined: the lead's assignee, else the user who converts it. */
  responsibleUserId: string | null | undefined
  /** Undefined: the lead's message. */
  description: string | null | undefined
}

export interface ConvertedLead extends LinkedLead {
  conversionId: string
}

export type ConversionRefusal =
  { refusal: LeadCallRefusal } | { refusal: 'client-exists'; matches: Match[] }

/**
 * Makes a client of a lead. Refused where a client surely is this person already, unless a duplicate
 * is wanted.
 */
export async function convertLead(
  tx: Transaction,
  call: ConvertLead
): Promise<ConvertedLead | ConversionRefusal> {
  const lead = await lockLead(tx, call.principal, call.leadId)
  if (!lead) return { refusal: 'unknown-lead' }
  call.checkVersion(lead.version)
  const obstacle = obstacleToClient(lead)
  if (obstacle !== null) return { refusal: obstacle }
  const { contact } = lead.content
  if (!contactKeys(contact).every((key) => call.heldKeys.includes(key))) {
    return { refusal: 'contact-changed' }
  }
  const status = await holdStatusOfGroup(tx, 'converted', call.statusId)
  if (!status) return { refusal: 'unknown-status' }
  const responsible = await chooseResponsible(tx, call, lead)
  if (responsible === 'unknown') return { refusal: 'unknown-user' }
  const sure = call.allowDuplicate ? null : await findSureClients(tx, call.principal, contact)
  if (sure) return { refusal: 'client-exists', matches: sure.shown }

  const client = await makeClient(tx, call, { lead, responsibleUserId: responsible })
  const placed = await placeLead(tx, lead, { status, clientId: client.id }, call.now)
  const activity = call.planActivity ? await planFollowUp(tx, call, { lead, client }) : null
  const ids = await recordConversion(tx, call, { placed, client, activity })
  await rescoreLead(tx, lead.id, call.now)
  const converted = await findLeadById(tx, lead.id)
  if (!converted) throw new Error('a locked lead is gone')
  return { ...ids, lead: converted, client, activity }
}

async function chooseResponsible(
  tx: Transaction,
  { principal, responsibleUserId }: ConvertLead,
  lead: Lead
): Promise<string | null> {
  if (responsibleUserId === undefined) {
    return lead.assignee?.id ?? (principal.kind === 'user' ? principal.id : null)
  }
  if (responsibleUserId === null) return null
  const user = await findUser(tx, responsibleUserId)
  return user?.active === true ? user.id : 'unknown'
}

async function makeClient(
  tx: Transaction,
  { actor, description, now }: ConvertLead,
  { lead, responsibleUserId }: { lead: Lead; responsibleUserId: string | null }
): Promise<Client> {
  const id = newId()
  const content = clientContentOf(lead.content, description)
  const origin = { sourceId: lead.source.id, createdFromLeadId: lead.id }
  await insertClient(tx, { id, content, responsibleUserId, accountId: null, ...origin }, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'client.created',
      subject: { type: 'client', id },
      leadId: lead.id,
      clientId: id,
      data: { responsibleUserId, ...origin }
    }
  ])
  const client = await findClientById(tx, id)
  if (!client) throw new Error('a client that was just made is gone')
  return client
}

async function recordConversion(
  tx: Transaction,
  { actor, leadId, now }: ConvertLead,
  made: { placed: PlacedLead; client: Client; activity: Activity | null }
): Promise<{ operationId: string; conversionId: string }> {
  const { placed, client, activity } = made
  const [operationId, conversionId] = [newId(), newId()]
  const undone = { undoneAt: null, createdAt: now }
  await insertOperation(tx, {
    id: operationId,
    kind: 'conversion',
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: { id: leadId, before: placed.before, versionAfter: placed.versionAfter },
      createdClient: { id: client.id, version: client.version },
      createdActivity: activity && { id: activity.id, version: activity.version },
      detached: null
    },
    ...undone
  })
  const refers = {
    leadId,
    clientId: client.id,
    operationId,
    activityId: activity?.id ?? null,
    accountId: null,
    opportunityId: null
  }
  await insertConversion(tx, { id: conversionId, ...refers, actor, ...undone })
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.converted',
      subject: { type: 'lead', id: leadId },
      leadId,
      clientId: client.id,
      data: { operationId, conversionId, ...placed.moved }
    }
  ])
  return { operationId, conversionId }
}
