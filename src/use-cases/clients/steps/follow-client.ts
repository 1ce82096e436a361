import type { Transaction } from '../../../database/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { PROTECTED_GROUPS } from '../../../domain/leads/status-groups.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findClientById } from '../../../repositories/clients/clients.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { insertParticipants } from '../../../repositories/leads/participants.ts'
import { findClosedToHolder, giveLeads } from './hand-over-leads.ts'
import type { HandingOver } from './hand-over-leads.ts'

/** Gives a locked, converted lead to the responsible user of its client; who had it goes on reading it. */
export async function giveConverted(
  tx: Transaction,
  { id, assignee }: Pick<Lead, 'id' | 'assignee'>,
  toId: string,
  handing: HandingOver
): Promise<ReassignedLeads | Refusal> {
  const given = await giveLeads(tx, [id], toId, handing)
  if (!isRefusal(given) && assignee !== null) {
    const participant = { leadId: id, userId: assignee.id, reason: 'handed_over' } as const
    await insertParticipants(tx, [participant], handing.now)
  }
  return given
}

/**
 * A locked lead that is converted again follows its client, which may have gone to another user while the
 * lead was not converted: it goes to the responsible user where its assignee can't work on it any more,
 * and where it has none. Of an inactive responsible user it stays where it is.
 */
export async function followClient(
  tx: Transaction,
  leadId: string,
  handing: HandingOver
): Promise<ReassignedLeads> {
  const none = { leads: [] }
  const lead = await findLeadById(tx, leadId)
  if (!lead?.client || !PROTECTED_GROUPS.includes(lead.status.group)) return none
  const client = await findClientById(tx, lead.client.id)
  const toId = client?.responsibleUser?.id ?? null
  if (toId === null || !(await mayFollow(tx, lead, toId))) return none
  const given = await giveConverted(tx, lead, toId, handing)
  return isRefusal(given) ? none : given
}

/** Whether a lead can go to a user: it waits, or its assignee can't work on it. */
export async function mayFollow(tx: Transaction, lead: Lead, toId: string): Promise<boolean> {
  if (lead.assignee === null) return true
  if (lead.assignee.id === toId) return false
  return (await findClosedToHolder(tx, lead.assignee.id, [lead.id])).length > 0
}
