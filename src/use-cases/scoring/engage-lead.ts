import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Engagement } from '../../domain/scoring/engagement.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { insertEngagement } from '../../repositories/scoring/engagements.ts'
import { rescoreLead } from './rescore-leads.ts'

/**
 * Records what a lead's person did, and what it makes of the lead's score. Null where the caller sees
 * no such lead.
 */
export async function engageLead(
  tx: Transaction,
  call: {
    principal: TenantPrincipal
    actor: Actor
    incoming: Omit<Engagement, 'id' | 'createdAt'>
    now: Date
  }
): Promise<Engagement | null> {
  const { principal, actor, incoming, now } = call
  const lead = await lockLead(tx, principal, incoming.leadId)
  if (!lead) return null
  const engagement = { ...incoming, id: newId(), createdAt: now }
  await insertEngagement(tx, engagement)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.engaged',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      // Not the page: its address may name the person.
      data: { engagementId: engagement.id, type: engagement.type, weight: engagement.weight }
    }
  ])
  await rescoreLead(tx, lead.id, now)
  return engagement
}
