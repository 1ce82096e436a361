import type { Transaction } from '../../database/client.ts'
import type { Delivery, SendOutcome } from '../../domain/deliveries/delivery.ts'
import { MAX_INTERRUPTIONS } from '../../domain/deliveries/delivery.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { lockDelivery, updateDelivery } from '../../repositories/deliveries/deliveries.ts'
import {
  findLatestAttempts,
  findMessage,
  insertAttempt,
  insertMessage
} from '../../repositories/deliveries/delivery-attempts.ts'
import type { Channel, Composition } from '../channels/channel.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'
import { cancelDelivery, failDelivery } from './finish-attempt.ts'

/** The message to send, or how the attempt ends without one. */
type Composed = { message: string } | { message: null; outcome: SendOutcome }

type BegunAttempt = { delivery: Delivery } & Composed

/** Marks a delivery's next attempt as begun, unless there is nothing to attempt. */
export async function beginAttempt(
  tx: Transaction,
  { now: clock, channels }: DeliveryContext,
  id: string
): Promise<BegunAttempt | DeliveryReport> {
  const delivery = await lockDelivery(tx, id)
  if (delivery?.state !== 'pending') return { verdict: 'skipped', delivery }
  const now = clock()
  const isHopeless = await recordInterruption(tx, delivery, now)
  if (isHopeless) {
    const reason = because('worker_interrupted')
    return { verdict: 'failed', delivery: await failDelivery(tx, delivery, reason, now) }
  }
  const channel = channels[delivery.channel]
  const prepared = await channel.prepare(tx, delivery, now)
  if ('obstacle' in prepared) {
    return {
      verdict: 'cancelled',
      delivery: await cancelDelivery(tx, delivery, prepared.obstacle, now)
    }
  }
  const composed = await composeOnce(tx, delivery, now, () =>
    channel.compose(delivery, prepared, now)
  )
  const change = { attempts: delivery.attempts + 1, nextAttemptAt: null }
  return { delivery: await updateDelivery(tx, id, change, now), ...composed }
}

/**
 * Ends an attempt that its worker could not: it began, and nothing is planned. Returns whether so
 * many in a row ended like this that the delivery itself may be the reason.
 */
async function recordInterruption(
  tx: Transaction,
  { id, attempts, nextAttemptAt }: Delivery,
  now: Date
): Promise<boolean> {
  if (attempts === 0 || nextAttemptAt !== null) return false
  await insertAttempt(tx, id, {
    number: attempts,
    outcome: 'retry',
    ...because('worker_interrupted'),
    durationMs: 0,
    createdAt: now
  })
  const latest = await findLatestAttempts(tx, id, MAX_INTERRUPTIONS)
  return (
    latest.length === MAX_INTERRUPTIONS && latest.every(({ code }) => code === 'worker_interrupted')
  )
}

/**
 * The stored message, or a new one. A fault of ours in composing must not stop the other deliveries,
 * nor return for ever: it is a failed attempt. Its reason is the error's kind, as the error's text may
 * hold personal data.
 */
async function composeOnce(
  tx: Transaction,
  { id }: Delivery,
  now: Date,
  compose: () => ReturnType<Channel['compose']>
): Promise<Composed> {
  const stored = await findMessage(tx, id)
  if (stored !== null) return { message: stored }
  let composition: Composition
  try {
    composition = await compose()
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error
    const reason = because('composition_failed', { error: kind })
    return { message: null, outcome: { state: 'retry', reason } }
  }
  if ('refusal' in composition) {
    return { message: null, outcome: { state: 'refused', reason: composition.refusal } }
  }
  await insertMessage(tx, id, composition.message, now)
  return composition
}
