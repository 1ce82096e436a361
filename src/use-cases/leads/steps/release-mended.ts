import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { LeadContent } from '../../../domain/leads/lead.ts'
import { isMended } from '../../../domain/leads/quarantine.ts'
import { lockLeadById } from '../../../repositories/leads/leads.ts'
import { readLockedLead } from './read-locked-lead.ts'
import { releaseHeld } from './release-held.ts'

/** Leads as they came again, in a capture or a list. */
interface Again {
  leadId: string
  again: LeadContent
}

interface Mending {
  actor: Actor
  now: Date
  mailDomain: string
  mailFrom: string | null
}

/**
 * Releases the held leads that came again with what they lacked: a person who corrects a mistyped number
 * waits for an answer like any other.
 */
export async function releaseMended(
  tx: Transaction,
  all: readonly Again[],
  mending: Mending
): Promise<void> {
  // Leads are locked in one order everywhere.
  for (const { leadId, again } of all.toSorted((a, b) => (a.leadId < b.leadId ? -1 : 1))) {
    await lockLeadById(tx, leadId)
    const lead = await readLockedLead(tx, leadId)
    if (lead.status.group === 'deleted' || !isMended(lead, again)) continue
    await releaseHeld(tx, lead, mending)
  }
}
