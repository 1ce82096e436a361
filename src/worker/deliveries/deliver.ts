import { setTimeout as wait } from 'node:timers/promises'

import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { StoredMessage } from '../../repositories/deliveries/delivery-attempts.ts'
import { beginAttempt } from './begin-attempt.ts'
import { finishAttempt } from './finish-attempt.ts'
import type { EndedAttempt } from './finish-attempt.ts'
import type { SendOutcome } from '../../mail/transport/send-outcome.ts'
import type { DeliveryReport, Post } from './mail-context.ts'

/** The waits before the outcome of an attempt is recorded again, when the database did not take it. */
const RECORDING_WAITS_MS = [200, 500, 1_000, 2_000, 4_000]

/**
 * Makes one attempt at a delivery: marks it begun, sends with no transaction open, and records what
 * came of it. A worker may die at any point in between: the next one sees an attempt that began and
 * never ended, and makes another, with the same message.
 */
export async function deliver(
  post: Post,
  { dealerId, deliveryId }: { dealerId: string; deliveryId: string }
): Promise<DeliveryReport> {
  const begun = await post.db.transaction(dealerId, (tx) => beginAttempt(tx, post, deliveryId))
  if ('verdict' in begun) return begun
  const startedAt = performance.now()
  const outcome = begun.message ? await send(post, begun.delivery, begun.message) : begun.outcome
  const durationMs = Math.round(performance.now() - startedAt)
  return await record(post, dealerId, { delivery: begun.delivery, outcome, durationMs })
}

async function send(
  { transport, from }: Post,
  { messageId, recipientAddress }: Delivery,
  { raw }: StoredMessage
): Promise<SendOutcome> {
  return await transport.send({
    raw: Buffer.from(raw, 'utf8'),
    envelope: { from: from.address, to: recipientAddress },
    messageId
  })
}

/**
 * Records the outcome, and does not give up on the first failure: what was sent but is not recorded
 * is sent again. Where it was recorded and only the answer got lost, the second try finds it so.
 */
async function record(post: Post, dealerId: string, ended: EndedAttempt): Promise<DeliveryReport> {
  for (const pauseMs of RECORDING_WAITS_MS) {
    try {
      return await post.db.transaction(dealerId, (tx) => finishAttempt(tx, post, ended))
    } catch {
      await wait(pauseMs)
    }
  }
  return await post.db.transaction(dealerId, (tx) => finishAttempt(tx, post, ended))
}
