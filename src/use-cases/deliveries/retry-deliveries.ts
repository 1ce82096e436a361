import type { Database } from '../../database/client.ts'
import { MAX_RETRIED } from '../../domain/deliveries/delivery.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import {
  countFailed,
  lockDeliveries,
  retryLocked
} from '../../repositories/deliveries/retried-deliveries.ts'
import type { RetriedDeliveries } from '../../repositories/deliveries/retried-deliveries.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

interface RetryDeliveries extends Command {
  /** By distinct ids, or all failed ones that a filter names. */
  which: RetriedDeliveries
}

/** What became of one delivery: refused ones stay as they are. */
export type RetriedDelivery =
  | { deliveryId: string; outcome: 'changed' | 'unchanged' }
  | { deliveryId: string; outcome: 'refused'; refusal: Refusal }

/**
 * Sends many deliveries now, each as a retry of it alone would, the oldest first. `left` is how many that
 * match are still failed.
 */
export async function retryDeliveries(
  db: Database,
  command: RetryDeliveries
): Promise<{ results: RetriedDelivery[]; left: number } | Refusal> {
  const { principal, which, now } = command
  return await write(db, command, async (tx) => {
    const found = await lockDeliveries(tx, principal, which, MAX_RETRIED)
    const retried = found.filter(isRetried)
    await retryLocked(
      tx,
      retried.map(({ id }) => id),
      now
    )
    await recordEvents(
      tx,
      actorOf(principal),
      now,
      retried.map(({ id, leadId, purpose, state }) => ({
        type: 'delivery.retried',
        subject: { type: 'delivery', id },
        leadId,
        data: { purpose, from: state }
      }))
    )
    const byId = new Map(found.map((delivery) => [delivery.id, delivery]))
    const ids = 'ids' in which ? which.ids : found.map(({ id }) => id)
    return {
      results: ids.map((id) => resultOf(id, byId.get(id) ?? null)),
      left: 'ids' in which ? 0 : await countFailed(tx, principal, which)
    }
  })
}

function resultOf(deliveryId: string, delivery: Delivery | null): RetriedDelivery {
  if (!delivery) return { deliveryId, outcome: 'refused', refusal: notFound('delivery') }
  if (hasEnded(delivery)) {
    return { deliveryId, outcome: 'refused', refusal: { refusal: 'delivery-ended' } }
  }
  return { deliveryId, outcome: isRetried(delivery) ? 'changed' : 'unchanged' }
}

/** An attempt in progress is left alone, because it is what the caller asks for. */
function isRetried(delivery: Delivery): boolean {
  return !hasEnded(delivery) && (delivery.state === 'failed' || delivery.nextAttemptAt !== null)
}

function hasEnded({ state }: Delivery): boolean {
  return state === 'sent' || state === 'cancelled'
}
