import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findManagers, findRecipients } from '../../../repositories/notifications/recipients.ts'

interface Telling {
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Tells those who can approve a promoter who waits: the promoter's user, owners and admins. */
export async function tellOfPendingPromoter(
  tx: Transaction,
  { id: aboutId, userId }: Promoter,
  { now, mailDomain }: Telling
): Promise<void> {
  const own = await findRecipients(tx, userId === null ? [] : [userId])
  const told = new Map([...own, ...(await findManagers(tx))].map((user) => [user.id, user]))
  const deliveries = planNotification('pendingPromoter', [...told.values()], { aboutId })
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}

/** Tells the user of a promoter what others decided about the promoter, or that the promoter joined. */
export async function tellOfPromoterResponse(
  tx: Transaction,
  { id: aboutId, userId, state }: Promoter,
  { actor, now, mailDomain }: Telling & { actor: Actor }
): Promise<void> {
  const isOwn = actor.type === 'user' && actor.id === userId
  const users = userId === null || isOwn ? [] : await findRecipients(tx, [userId])
  const deliveries = planNotification('promoterResponse', users, { aboutId, facts: { state } })
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
