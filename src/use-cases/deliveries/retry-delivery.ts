import type { Database } from '../../database/client.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import {
  findDelivery,
  lockDelivery,
  updateDelivery
} from '../../repositories/deliveries/deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface RetryDelivery extends ChangeCommand {
  deliveryId: string
}

/**
 * Sends a delivery now. A failed one gets a new round of attempts. An attempt in progress is left
 * alone, because it is what the caller asks for.
 */
export async function retryDelivery(
  db: Database,
  command: RetryDelivery
): Promise<Delivery | Refusal> {
  const { principal, deliveryId, now } = command
  return await write(db, command, async (tx) => {
    const seen = await findDelivery(tx, principal, deliveryId)
    const delivery = seen && (await lockDelivery(tx, deliveryId))
    if (!delivery) return notFound('delivery')
    const refusal = versionRefusal(command, delivery.version)
    if (refusal) return refusal
    const { leadId, purpose, state, failures } = delivery
    if (state === 'sent' || state === 'cancelled') return { refusal: 'delivery-ended' }
    if (state === 'pending' && delivery.nextAttemptAt === null) return delivery

    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'delivery.retried',
        subject: { type: 'delivery', id: deliveryId },
        leadId,
        data: { purpose, from: state }
      }
    ])
    const round = state === 'failed' ? 0 : failures
    const change = { state: 'pending', nextAttemptAt: now, failures: round } as const
    return await updateDelivery(tx, deliveryId, change, now)
  })
}
