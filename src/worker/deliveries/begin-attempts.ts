import type { Transaction } from '../../database/client.ts'
import type { Delivery, SendOutcome } from '../../domain/deliveries/delivery.ts'
import { MAX_INTERRUPTIONS } from '../../domain/deliveries/delivery.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { beginDeliveries, lockDueDeliveries } from '../../repositories/deliveries/due-deliveries.ts'
import {
  findLatestAttempts,
  findMessages,
  insertAttempt,
  insertMessages
} from '../../repositories/deliveries/delivery-attempts.ts'
import type { DeliveryMessage } from '../../repositories/deliveries/delivery-attempts.ts'
import { Turns } from '../../turns.ts'
import type { Channel, Composition } from '../channels/channel.ts'
import { DeliveryFacts } from '../channels/delivery-facts.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'
import { cancelDelivery, failDelivery } from './end-attempts.ts'

/** The message to send, or how the attempt ends without one. */
type Composed = { message: string } | { message: null; outcome: SendOutcome }

/** A delivery whose attempt is about to begin, or that is ended without one. */
type Prepared = { delivery: Delivery; composed: Composed } | DeliveryReport

/** A begun attempt: what there is to send. */
export type BegunAttempt = { delivery: Delivery } & Composed

/**
 * Marks the next attempts of deliveries as begun, unless there is nothing to attempt: those are reported.
 * Deliveries that are not due, or that another worker has, are skipped.
 */
export async function beginAttempts(
  tx: Transaction,
  context: DeliveryContext,
  ids: readonly string[]
): Promise<{ begun: BegunAttempt[]; reports: DeliveryReport[] }> {
  const due = await lockDueDeliveries(tx, ids)
  const now = context.now()
  const facts = new DeliveryFacts(
    tx,
    due.flatMap(({ leadId }) => leadId ?? [])
  )
  const tried = due.filter(({ attempts }) => attempts > 0).map(({ id }) => id)
  const stored = await findMessages(tx, tried)
  const written: DeliveryMessage[] = []
  const reports: DeliveryReport[] = ids
    .filter((id) => !due.some((delivery) => delivery.id === id))
    .map((id) => ({ verdict: 'skipped', id, delivery: null }))
  const begun: { delivery: Delivery; composed: Composed }[] = []
  const turns = new Turns()
  for (const delivery of due) {
    const prepared = await prepareAttempt(facts, context, { delivery, stored, written, now })
    if ('verdict' in prepared) reports.push(prepared)
    else begun.push(prepared)
    await turns.giveWay()
  }
  await insertMessages(tx, written, now)
  const changed = await beginDeliveries(
    tx,
    begun.map(({ delivery }) => delivery),
    now
  )
  return {
    begun: begun.map(({ delivery, composed }, at) => ({
      delivery: changed[at] ?? delivery,
      ...composed
    })),
    reports
  }
}

interface Attempted {
  delivery: Delivery
  /** Messages of earlier attempts, by delivery. */
  stored: ReadonlyMap<string, string>
  /** Takes a new message. */
  written: DeliveryMessage[]
  now: Date
}

async function prepareAttempt(
  facts: DeliveryFacts,
  { channels }: DeliveryContext,
  { delivery, stored, written, now }: Attempted
): Promise<Prepared> {
  const { tx } = facts
  if (await recordInterruption(tx, delivery)) {
    const reason = because('worker_interrupted')
    return {
      verdict: 'failed',
      id: delivery.id,
      delivery: await failDelivery(tx, delivery, reason, now)
    }
  }
  const channel = channels[delivery.channel]
  const prepared = await channel.prepare(facts, delivery, now)
  if ('obstacle' in prepared) {
    const cancelled = await cancelDelivery(tx, delivery, prepared.obstacle, now)
    return { verdict: 'cancelled', id: delivery.id, delivery: cancelled }
  }
  const message = stored.get(delivery.id)
  if (message !== undefined) return { delivery, composed: { message } }
  const composed = await compose(() => channel.compose(delivery, prepared, now))
  if (composed.message !== null) written.push({ deliveryId: delivery.id, raw: composed.message })
  return { delivery, composed }
}

/**
 * Ends an attempt that its worker could not: it began, and nothing is planned. Returns whether so
 * many in a row ended like this that the delivery itself may be the reason.
 */
async function recordInterruption(
  tx: Transaction,
  { id, attempts, nextAttemptAt, updatedAt }: Delivery
): Promise<boolean> {
  if (attempts === 0 || nextAttemptAt !== null) return false
  await insertAttempt(tx, id, {
    number: attempts,
    outcome: 'retry',
    ...because('worker_interrupted'),
    durationMs: 0,
    // Since it began, nothing was written of it.
    createdAt: updatedAt
  })
  const latest = await findLatestAttempts(tx, id, MAX_INTERRUPTIONS)
  return (
    latest.length === MAX_INTERRUPTIONS && latest.every(({ code }) => code === 'worker_interrupted')
  )
}

/**
 * A new message. A fault of ours in composing must not stop the other deliveries, nor return for ever: it
 * is a failed attempt. Its reason is the error's kind, as the error's text may hold personal data.
 */
async function compose(write: () => ReturnType<Channel['compose']>): Promise<Composed> {
  let composition: Composition
  try {
    composition = await write()
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error
    const reason = because('composition_failed', { error: kind })
    return { message: null, outcome: { state: 'retry', reason } }
  }
  if ('refusal' in composition) {
    return { message: null, outcome: { state: 'refused', reason: composition.refusal } }
  }
  return composition
}
