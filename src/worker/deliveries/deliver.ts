import { setTimeout as wait } from 'node:timers/promises'

import { beginAttempt } from './begin-attempt.ts'
import { finishAttempt } from './finish-attempt.ts'
import type { EndedAttempt } from './finish-attempt.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'

/** The waits before the outcome of an attempt is recorded again, when the database did not take it. */
const RECORDING_WAITS_MS = [200, 500, 1_000, 2_000, 4_000]

/**
 * Makes one attempt at a delivery: marks it begun, sends with no transaction open, and records what
 * came of it. A worker may die at any point in between: the next one sees an attempt that began and
 * never ended, and makes another, with the same message.
 */
export async function deliver(
  context: DeliveryContext,
  { dealerId, deliveryId }: { dealerId: string; deliveryId: string }
): Promise<DeliveryReport> {
  const begun = await context.db.transaction(dealerId, (tx) =>
    beginAttempt(tx, context, deliveryId)
  )
  if ('verdict' in begun) return begun
  const { delivery, message } = begun
  const startedAt = performance.now()
  const outcome =
    message === null
      ? begun.outcome
      : await context.channels[delivery.channel].send(delivery, message)
  const durationMs = Math.round(performance.now() - startedAt)
  return await record(context, dealerId, { delivery, outcome, durationMs })
}

/**
 * Records the outcome, and does not give up on the first failure: what was sent but is not recorded
 * is sent again. Where it was recorded and only the response got lost, the second try finds it so.
 */
async function record(
  context: DeliveryContext,
  dealerId: string,
  ended: EndedAttempt
): Promise<DeliveryReport> {
  for (const pauseMs of RECORDING_WAITS_MS) {
    try {
      return await context.db.transaction(dealerId, (tx) => finishAttempt(tx, context, ended))
    } catch {
      await wait(pauseMs)
    }
  }
  return await context.db.transaction(dealerId, (tx) => finishAttempt(tx, context, ended))
}
