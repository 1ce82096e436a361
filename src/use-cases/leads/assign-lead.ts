import type { Database } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { lockLeadPlaces } from '../../repositories/leads/lead-places.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import { giveLeads, holdTarget } from './give-leads.ts'
import type { LeadTarget, TargetRefusal } from './give-leads.ts'

export interface Assignment {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  /** Whose it becomes, or where it waits for somebody. */
  to: LeadTarget
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Gives a lead to a user, who hears of it, or puts it into a queue, unassigned. Null where the caller
 * sees no such lead. What is so already stays as it is, and nobody hears of it.
 */
export async function assignLead(
  db: Database,
  assignment: Assignment
): Promise<{ lead: Lead } | { refusal: TargetRefusal } | null> {
  const { principal, leadId } = assignment
  return await db.transaction(principal.dealerId, async (tx) => {
    const [found] = await lockLeadPlaces(tx, principal, [leadId])
    if (!found) return null
    assignment.checkVersion(found.version)
    const to = await holdTarget(tx, assignment.to)
    if ('refusal' in to) return to
    await giveLeads(tx, [found], { ...assignment, to })
    const lead = await findLeadById(tx, leadId)
    if (!lead) throw new Error('a locked lead is gone')
    return { lead }
  })
}
