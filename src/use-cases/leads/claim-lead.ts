import type { Database, Transaction } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { findDefaultQueueId } from '../../repositories/dealers/queues.ts'
import { lockLeadPlaces } from '../../repositories/leads/lead-places.ts'
import type { LeadAtPlace } from '../../repositories/leads/lead-places.ts'
import { findLead, findLeadById } from '../../repositories/leads/leads.ts'
import { giveLeads, holdTarget } from './give-leads.ts'

export interface Claim {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export type ClaimRefusal = 'taken' | 'quarantined' | 'inactive-user'

/**
 * Makes a lead that waits in a queue the caller's own. Of two at once the second waits for the first,
 * and then finds it taken: the lead is locked whoever may see it, and looked at only then. Null where
 * the caller could not have seen it waiting.
 */
export async function claimLead(
  db: Database,
  claim: Claim
): Promise<{ lead: Lead } | { refusal: ClaimRefusal } | null> {
  const { principal, leadId } = claim
  return await db.transaction(principal.dealerId, async (tx) => {
    const [found] = await lockLeadPlaces(tx, null, [leadId])
    if (!found || !(await couldSee(tx, principal, found))) return null
    claim.checkVersion(found.version)
    const { assigneeId } = found.place
    if (assigneeId === principal.id) return { lead: await reread(tx, leadId) }
    if (assigneeId !== null) return { refusal: 'taken' }
    if (found.quarantineReason !== null) return { refusal: 'quarantined' }
    const to = await holdTarget(tx, { assigneeId: principal.id })
    if ('refusal' in to) return { refusal: 'inactive-user' }
    await giveLeads(tx, [found], { ...claim, to, words: { by: 'claim' } })
    return { lead: await reread(tx, leadId) }
  })
}

/** Who sees it, or could a moment ago: it waits, or last waited, in a queue they belong to. */
async function couldSee(
  tx: Transaction,
  principal: TenantPrincipal,
  { id, place }: LeadAtPlace
): Promise<boolean> {
  if (seesAll(principal)) return true
  const queueId = place.queueId ?? place.homeQueueId
  const isOfTheirQueue =
    principal.kind === 'user' && queueId !== null && principal.queueIds.includes(queueId)
  return isOfTheirQueue || (await findLead(tx, principal, id)) !== null
}

/**
 * Puts a lead back into the queue it came from, or the default one: who has it may, and who sees all.
 * One that nobody has stays where it waits. Null where the caller sees no such lead.
 */
export async function unclaimLead(
  db: Database,
  claim: Claim
): Promise<{ lead: Lead } | { refusal: 'not-theirs' } | null> {
  const { principal, leadId } = claim
  return await db.transaction(principal.dealerId, async (tx) => {
    const [found] = await lockLeadPlaces(tx, principal, [leadId])
    if (!found) return null
    claim.checkVersion(found.version)
    const { assigneeId, homeQueueId } = found.place
    if (assigneeId === null) return { lead: await reread(tx, leadId) }
    if (assigneeId !== principal.id && !seesAll(principal)) return { refusal: 'not-theirs' }
    const queueId = homeQueueId ?? (await findDefaultQueueId(tx))
    const to = { assignee: null, queueId }
    await giveLeads(tx, [found], { ...claim, to, words: { by: 'unclaim' } })
    return { lead: await reread(tx, leadId) }
  })
}

async function reread(tx: Transaction, leadId: string): Promise<Lead> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  return lead
}
