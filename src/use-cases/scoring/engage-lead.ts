import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Engagement } from '../../domain/scoring/engagement.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { insertEngagement } from '../../repositories/scoring/engagements.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { rescoreLead } from './steps/rescore-leads.ts'

interface EngageLead extends CreateCommand<Engagement> {
  engagement: Omit<Engagement, 'id' | 'createdAt'>
}

/** Records an engagement of the lead's person, and rescores the lead. */
export async function engageLead(
  db: Database,
  command: EngageLead
): Promise<Created<Engagement> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now } = command
    const lead = await lockLead(tx, principal, command.engagement.leadId)
    if (!lead) return notFound('lead')
    const engagement = { ...command.engagement, id: newId(), createdAt: now }
    await insertEngagement(tx, engagement)
    await recordEvents(tx, actorOf(principal), now, [
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
  })
}
