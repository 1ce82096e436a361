import type { Transaction } from '../../../database/client.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { Import } from '../../../domain/imports/import.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { findRecipients } from '../../../repositories/notifications/recipients.ts'

/**
 * Tells a user who became responsible for the new clients of an import that another user ran: of all of
 * them at once, in the digest.
 */
export async function tellOfImported(
  tx: Transaction,
  {
    id: importId,
    target,
    settings,
    counts,
    actor
  }: Pick<Import, 'id' | 'target' | 'settings' | 'counts' | 'actor'>,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const { placement } = settings
  if (target !== 'clients' || placement.type !== 'user' || counts.created === 0) return
  const { userId } = placement
  if (actor.type === 'user' && actor.id === userId) return
  const users = await findRecipients(tx, [userId])
  const facts = { importId, clients: counts.created }
  const planned = planNotification('newClient', users, { aboutId: userId, facts, key: importId })
  const deliveries = planned.map((delivery) =>
    delivery.mode === 'now' ? { ...delivery, mode: 'digest' as const } : delivery
  )
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
