import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'
import { findTellableLeads } from '../../../repositories/notifications/tellable-leads.ts'

/** Tells the assignee of a lead that another user recorded or cancelled its sale. */
export async function tellOfSale(
  tx: Transaction,
  { leadId, state }: { leadId: string; state: 'recorded' | 'cancelled' },
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const lead = (await findTellableLeads(tx, [leadId])).get(leadId)
  const userId = lead?.assigneeId ?? null
  if (userId === null || (actor.type === 'user' && actor.id === userId)) return
  const users = await findRecipients(tx, [userId])
  const deliveries = planNotification('leadSale', users, { facts: { state } })
  await createDeliveries(tx, { leadId, deliveries, mailDomain, now })
}
