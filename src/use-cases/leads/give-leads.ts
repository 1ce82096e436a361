import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { planAssignmentMail } from '../../domain/capture/assignment.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import { lockAssignee } from '../../repositories/access/assignees.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findQueue } from '../../repositories/dealers/queues.ts'
import { oweDeliveriesOfMany } from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { placeLeads } from '../../repositories/leads/lead-places.ts'
import type { LeadAtPlace } from '../../repositories/leads/lead-places.ts'
import { withdrawOffers } from '../qualification/steps/withdraw-offers.ts'

/** Whose leads become, or where they wait for somebody. */
export type LeadTarget = { assigneeId: string } | { queueId: string }

export type TargetRefusal = 'unknown-user' | 'inactive-user' | 'unknown-queue'

/** A target that stays as it is until the transaction ends. */
export interface HeldTarget {
  assignee: (Reference & { email: string }) | null
  queueId: string | null
}

/** Holds whom leads are to be given to, or answers why nobody can be given any there. */
export async function holdTarget(
  tx: Transaction,
  to: LeadTarget
): Promise<HeldTarget | { refusal: TargetRefusal }> {
  if ('queueId' in to) {
    const queue = await findQueue(tx, to.queueId)
    return queue ? { assignee: null, queueId: queue.id } : { refusal: 'unknown-queue' }
  }
  const assignee = await lockAssignee(tx, to.assigneeId)
  if (!assignee) return { refusal: 'unknown-user' }
  return assignee.active ? { assignee, queueId: null } : { refusal: 'inactive-user' }
}

export interface Giving {
  to: HeldTarget
  actor: Actor
  /** What the events say beside from where to where. */
  words?: Record<string, string>
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Gives locked leads to a user, who hears of each, or puts them into a queue, unassigned. What is so
 * already stays as it is, and nobody hears of it; open offers of the others end. Answers those that were
 * elsewhere, as they were.
 * The number of statements does not depend on how many leads there are.
 */
export async function giveLeads(
  tx: Transaction,
  found: readonly LeadAtPlace[],
  giving: Giving
): Promise<LeadAtPlace[]> {
  const { to, actor, words, now } = giving
  const assigneeId = to.assignee?.id ?? null
  const moved = found.filter(
    ({ place }) => place.assigneeId !== assigneeId || place.queueId !== to.queueId
  )
  if (moved.length === 0) return []
  const ids = moved.map(({ id }) => id)
  await placeLeads(tx, ids, { assigneeId, queueId: to.queueId }, now)
  await withdrawOffers(tx, ids, { actor, now })
  await recordEvents(
    tx,
    actor,
    now,
    moved.map(({ id, clientId, place }) => ({
      type: 'lead.assigned',
      subject: { type: 'lead', id },
      leadId: id,
      clientId,
      data: {
        fromAssigneeId: place.assigneeId,
        toAssigneeId: assigneeId,
        fromQueueId: place.queueId,
        toQueueId: to.queueId,
        ...words
      }
    }))
  )
  await announce(tx, moved, giving)
  return moved
}

/** Owes the new assignee a mail about each lead, where they are to hear of it. */
async function announce(
  tx: Transaction,
  moved: readonly LeadAtPlace[],
  { to: { assignee }, actor, now, mailDomain }: Giving
): Promise<void> {
  if (!assignee) return
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('a dealer with a lead is gone')
  const { settings } = dealer
  const owed = moved.flatMap((lead) => {
    const { id: leadId, isTest, quarantineReason } = lead
    const about = { content: { isTest }, quarantineReason }
    const mails = planAssignmentMail(about, { assignee, actor, settings })
    return mails.map((mail) => ({ leadId, ...mail }))
  })
  await oweDeliveriesOfMany(tx, { deliveries: owed, mailDomain, now })
}
