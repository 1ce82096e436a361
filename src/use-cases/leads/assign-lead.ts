import type { Database, Transaction } from '../../database/client.ts'
import { planAssignmentMail } from '../../domain/leads/assignment.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { lockAssignee } from '../../repositories/access/assignees.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { oweDeliveries } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events.ts'
import { findLeadById, lockLead, updateLead } from '../../repositories/leads/leads.ts'
import { findQueue } from '../../repositories/dealers/queues.ts'

export interface Assignment {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  /** Whose it becomes, or where it waits for somebody. */
  to: { assigneeId: string } | { queueId: string }
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export type AssignmentRefusal = 'unknown-user' | 'inactive-user' | 'unknown-queue'

/**
 * Gives a lead to a user, who hears of it, or puts it into a queue, unassigned. Null where the caller
 * sees no such lead. What is so already stays as it is, and nobody hears of it.
 */
export async function assignLead(
  db: Database,
  assignment: Assignment
): Promise<{ lead: Lead } | { refusal: AssignmentRefusal } | null> {
  const { principal, leadId, to } = assignment
  return await db.transaction(principal.dealerId, async (tx) => {
    const lead = await lockLead(tx, principal, leadId)
    if (!lead) return null
    assignment.checkVersion(lead.version)
    return 'assigneeId' in to
      ? await giveToUser(tx, { lead, assigneeId: to.assigneeId, assignment })
      : await putIntoQueue(tx, { lead, queueId: to.queueId, assignment })
  })
}

async function giveToUser(
  tx: Transaction,
  given: { lead: Lead; assigneeId: string; assignment: Assignment }
): Promise<{ lead: Lead } | { refusal: AssignmentRefusal }> {
  const { lead, assigneeId, assignment } = given
  const { actor, mailDomain, now } = assignment
  const assignee = await lockAssignee(tx, assigneeId)
  if (!assignee) return { refusal: 'unknown-user' }
  if (!assignee.active) return { refusal: 'inactive-user' }
  if (lead.assignee?.id === assigneeId) return { lead }
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  await oweDeliveries(tx, {
    leadId: lead.id,
    deliveries: planAssignmentMail(lead, { assignee, actor, settings: dealer.settings }),
    mailDomain,
    now
  })
  return { lead: await place(tx, lead, { assigneeId, queueId: null }, assignment) }
}

async function putIntoQueue(
  tx: Transaction,
  given: { lead: Lead; queueId: string; assignment: Assignment }
): Promise<{ lead: Lead } | { refusal: AssignmentRefusal }> {
  const { lead, queueId, assignment } = given
  if (!(await findQueue(tx, queueId))) return { refusal: 'unknown-queue' }
  if (lead.assignee === null && lead.queue?.id === queueId) return { lead }
  return { lead: await place(tx, lead, { assigneeId: null, queueId }, assignment) }
}

async function place(
  tx: Transaction,
  lead: Lead,
  to: { assigneeId: string | null; queueId: string | null },
  { actor, now }: Assignment
): Promise<Lead> {
  await updateLead(tx, lead.id, to, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.assigned',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: {
        fromAssigneeId: lead.assignee?.id ?? null,
        toAssigneeId: to.assigneeId,
        fromQueueId: lead.queue?.id ?? null,
        toQueueId: to.queueId
      }
    }
  ])
  const placed = await findLeadById(tx, lead.id)
  if (!placed) throw new Error('a locked lead is gone')
  return placed
}
