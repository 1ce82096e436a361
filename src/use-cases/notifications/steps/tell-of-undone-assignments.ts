import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'
import { findTellableLeads } from '../../../repositories/notifications/tellable-leads.ts'
import { MAX_MAILS, tellQueue } from './tell-queue.ts'

/** A lead that went back. */
export interface ReturnedLead {
  id: string
  /** Who loses it, and who has it again; null: no user. */
  fromId: string | null
  toId: string | null
  /** The queue in which it waits again. */
  queueId: string | null
}

interface Telling {
  actor: Actor
  now: Date
  mailDomain: string
}

/** Tells the users whose leads these are no longer, and the users and queues that have them again. */
export async function tellOfUndoneAssignments(
  tx: Transaction,
  returned: readonly ReturnedLead[],
  { actor, now, mailDomain }: Telling
): Promise<void> {
  const tellable = await findTellableLeads(
    tx,
    returned.map(({ id }) => id)
  )
  const leads = returned.filter(
    ({ id, fromId, toId }) => tellable.has(id) && (toId === null || fromId !== toId)
  )
  const actorId = actor.type === 'user' ? actor.id : null
  const told = leads
    .flatMap(({ id, fromId, toId }) => [
      { leadId: id, kind: 'takenBackLead' as const, userId: fromId },
      { leadId: id, kind: 'newLead' as const, userId: toId }
    ])
    .filter(({ userId }) => userId !== null && userId !== actorId)
  const users = await findRecipients(tx, [...new Set(told.flatMap(({ userId }) => userId ?? []))])
  const deliveries = told.flatMap(({ leadId, kind, userId }) => {
    const recipients = users.filter(({ id }) => id === userId)
    return planNotification(kind, recipients).map((delivery) => ({
      leadId,
      ...delivery,
      // A mail for each of many would bury all others.
      ...(leads.length > MAX_MAILS && delivery.mode === 'now' ? { mode: 'digest' as const } : {})
    }))
  })
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
  for (const queueId of new Set(leads.flatMap((lead) => lead.queueId ?? []))) {
    const waiting = leads.filter((lead) => lead.queueId === queueId).map(({ id }) => id)
    await tellQueue(tx, waiting, { queueId, actor, now, mailDomain })
  }
}
