import type { Database } from '../../database/client.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import {
  enqueueDeliveries,
  findDelivery,
  lockDelivery,
  updateDelivery
} from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'

/**
 * Has a delivery tried now instead of later or never; one that was given up gets a whole new round of
 * attempts. Answers null where the caller sees none, `done` where there is nothing left to send. An
 * attempt that is under way is left alone: it is what was asked for.
 */
export async function retryDelivery(
  db: Database,
  retry: {
    principal: TenantPrincipal
    actor: Actor
    deliveryId: string
    /** Throws where the change is based on another version. */
    checkVersion: (version: number) => void
    now: Date
  }
): Promise<Delivery | 'done' | null> {
  const { principal, actor, deliveryId, now } = retry
  return await db.transaction(principal.dealerId, async (tx) => {
    const seen = await findDelivery(tx, principal, deliveryId)
    const delivery = seen && (await lockDelivery(tx, deliveryId))
    if (!delivery) return null
    retry.checkVersion(delivery.version)
    if (delivery.state === 'sent' || delivery.state === 'cancelled') return 'done'
    if (delivery.state === 'pending' && delivery.nextAttemptAt === null) return delivery

    await enqueueDeliveries(tx, [deliveryId])
    const { leadId, purpose, state, failures } = delivery
    await recordEvents(tx, actor, now, [
      {
        type: 'delivery.retried',
        subject: { type: 'delivery', id: deliveryId },
        leadId,
        data: { purpose, from: state }
      }
    ])
    const change = {
      state: 'pending',
      nextAttemptAt: now,
      failures: state === 'failed' ? 0 : failures
    } as const
    return await updateDelivery(tx, deliveryId, change, now)
  })
}
