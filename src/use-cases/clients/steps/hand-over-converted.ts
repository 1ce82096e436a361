import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findClientById } from '../../../repositories/clients/clients.ts'
import { lockLeadsAskedFor } from '../../../repositories/clients/link-request-ends.ts'
import { giveConverted, mayFollow } from './follow-client.ts'
import { MAX_LOCKED, passClientOn } from './pass-client-on.ts'
import type { ConversionCommand } from './plan-lead-conversion.ts'

/** Locks the lead and those of the client that it fills, where that client may get another responsible user. */
export async function lockLeadsOfConversion(
  tx: Transaction,
  { clientId, leadId, overwrite, responsibleUserId }: ConversionCommand
): Promise<void> {
  const client = clientId === null ? null : await findClientById(tx, clientId)
  if (!client) return
  const isNamed = overwrite && responsibleUserId !== undefined
  if (client.responsibleUser !== null && !isNamed) return
  await lockLeadsAskedFor(tx, client.id, { own: MAX_LOCKED, ids: [leadId] })
}

/**
 * A converted lead goes to the responsible user of its client where the conversion names them, where the lead
 * waited for a user, or where its user can't work on it any more. If a client that was there gets another
 * responsible user, its other converted and sold leads and its open opportunities go along.
 */
export async function handOverConverted(
  tx: Transaction,
  command: ConversionCommand & { mailDomain: string },
  converted: { lead: Lead; before: Client | null; client: Client; operationId: string }
): Promise<ReassignedLeads | Refusal> {
  const { principal, now, mailDomain } = command
  const { lead, before, client, operationId } = converted
  const handing = { actor: actorOf(principal), now, mailDomain, operationId }
  const fromId = before?.responsibleUser?.id ?? null
  const toId = client.responsibleUser?.id ?? null
  const passed =
    before && toId !== fromId
      ? await passClientOn(tx, { clientId: client.id, fromId, toId }, handing)
      : { leads: [] }
  if (isRefusal(passed) || toId === null) return passed
  const isGiven = passed.leads.some(({ id }) => id === lead.id)
  if (isGiven || !(await goesAlong(tx, command, { lead, toId }))) return passed
  // The lead was theirs until it was converted: they go on reading it.
  const knownTo = before && toId !== fromId ? [toId] : []
  const given = await giveConverted(tx, lead, toId, { ...handing, knownTo })
  if (isRefusal(given)) return given
  return {
    leads: [...passed.leads, ...given.leads],
    followUps: [...(passed.followUps ?? []), ...(given.followUps ?? [])],
    opportunities: passed.opportunities ?? []
  }
}

async function goesAlong(
  tx: Transaction,
  { responsibleUserId }: ConversionCommand,
  { lead, toId }: { lead: Lead; toId: string }
): Promise<boolean> {
  if (responsibleUserId === toId) return lead.assignee?.id !== toId
  return await mayFollow(tx, lead, toId)
}
