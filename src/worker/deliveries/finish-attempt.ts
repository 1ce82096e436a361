import type { Transaction } from '../../database/client.ts'
import type { Delivery, SendOutcome } from '../../domain/deliveries/delivery.ts'
import { retryDelaySeconds } from '../../domain/deliveries/delivery.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import type { EventType } from '../../domain/events/event.ts'
import type { DeliveryCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import {
  enqueueDeliveries,
  lockDelivery,
  updateDelivery
} from '../../repositories/deliveries/deliveries.ts'
import { insertAttempt } from '../../repositories/deliveries/delivery-attempts.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'

export interface EndedAttempt {
  /** As it was when the attempt began. */
  delivery: Delivery
  outcome: SendOutcome
  durationMs: number
}

/** Records how an attempt ended, unless another worker has taken the delivery over since. */
export async function finishAttempt(
  tx: Transaction,
  context: DeliveryContext,
  { delivery: begun, outcome, durationMs }: EndedAttempt
): Promise<DeliveryReport> {
  const delivery = await lockDelivery(tx, begun.id)
  const isOurs =
    delivery?.state === 'pending' &&
    delivery.attempts === begun.attempts &&
    delivery.nextAttemptAt === null
  if (!isOurs) return { verdict: 'stale', delivery }

  const now = context.now()
  await insertAttempt(tx, delivery.id, {
    number: delivery.attempts,
    outcome: outcome.state,
    ...outcome.reason,
    durationMs,
    createdAt: now
  })
  switch (outcome.state) {
    case 'sent':
      return { verdict: 'sent', delivery: await markSent(tx, delivery, now) }
    case 'refused':
      return { verdict: 'failed', delivery: await failDelivery(tx, delivery, outcome.reason, now) }
    case 'retry':
      return await retryLater(tx, context, { delivery, reason: outcome.reason, now })
  }
}

async function markSent(tx: Transaction, delivery: Delivery, now: Date): Promise<Delivery> {
  await recordDeliveryEvent(tx, 'delivery.sent', delivery, now)
  return await updateDelivery(tx, delivery.id, { state: 'sent', sentAt: now, reason: null }, now)
}

/** Plans the next attempt after a longer pause; after the last of the schedule, gives up. */
async function retryLater(
  tx: Transaction,
  { random, retrySeconds }: DeliveryContext,
  { delivery, reason, now }: { delivery: Delivery; reason: Reason<DeliveryCode>; now: Date }
): Promise<DeliveryReport> {
  const failures = delivery.failures + 1
  const seconds = retryDelaySeconds(failures, retrySeconds, random())
  if (seconds === null) {
    return { verdict: 'failed', delivery: await failDelivery(tx, delivery, reason, now) }
  }
  await enqueueDeliveries(tx, [delivery.id], seconds)
  const nextAttemptAt = new Date(now.getTime() + seconds * 1000)
  const change = { failures, nextAttemptAt, reason }
  return { verdict: 'retry', delivery: await updateDelivery(tx, delivery.id, change, now) }
}

/** Gives a delivery up: a person may have it sent again. */
export async function failDelivery(
  tx: Transaction,
  delivery: Delivery,
  reason: Reason<DeliveryCode>,
  now: Date
): Promise<Delivery> {
  await recordDeliveryEvent(tx, 'delivery.failed', delivery, now)
  const change = { state: 'failed', nextAttemptAt: null, reason } as const
  return await updateDelivery(tx, delivery.id, change, now)
}

/** Cancels a delivery that is no longer to be sent. */
export async function cancelDelivery(
  tx: Transaction,
  delivery: Delivery,
  reason: Reason<DeliveryCode>,
  now: Date
): Promise<Delivery> {
  await recordDeliveryEvent(tx, 'delivery.cancelled', delivery, now)
  const change = { state: 'cancelled', nextAttemptAt: null, reason } as const
  return await updateDelivery(tx, delivery.id, change, now)
}

async function recordDeliveryEvent(
  tx: Transaction,
  type: EventType,
  { id, leadId, purpose, attempts }: Delivery,
  now: Date
): Promise<void> {
  await recordEvents(tx, SYSTEM_ACTOR, now, [
    { type, subject: { type: 'delivery', id }, leadId, data: { purpose, attempts } }
  ])
}
