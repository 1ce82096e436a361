import type { Transaction } from '../../database/client.ts'
import type { Delivery } from '../../domain/deliveries/delivery.ts'
import { INTERRUPTED, MAX_INTERRUPTIONS } from '../../domain/deliveries/delivery.ts'
import { lockDelivery, updateDelivery } from '../../repositories/deliveries/deliveries.ts'
import {
  findLatestAttempts,
  findMessage,
  insertAttempt,
  insertMessage
} from '../../repositories/deliveries/delivery-attempts.ts'
import type { StoredMessage } from '../../repositories/deliveries/delivery-attempts.ts'
import { composeDelivery, prepareMail } from './compose-delivery.ts'
import { cancelDelivery, failDelivery } from './finish-attempt.ts'
import { isMailAddress } from '../../mail/mail-address.ts'
import type { SendOutcome } from '../../mail/transport/send-outcome.ts'
import type { DeliveryReport, Post } from './mail-context.ts'
import { UnwritableMail } from '../../mail/purposes/prepared-mail.ts'
import type { PreparedMail } from '../../mail/purposes/prepared-mail.ts'

/** The message to send, or what the attempt comes to without one. */
type Composed = { message: StoredMessage } | { message: null; outcome: SendOutcome }

export type BegunAttempt = { delivery: Delivery } & Composed

/** Marks a delivery's next attempt as begun, unless there is nothing to attempt. */
export async function beginAttempt(
  tx: Transaction,
  post: Post,
  id: string
): Promise<BegunAttempt | DeliveryReport> {
  const delivery = await lockDelivery(tx, id)
  if (delivery?.state !== 'pending') return { verdict: 'skipped', delivery }
  const now = post.now()
  const isHopeless = await recordInterruption(tx, delivery, now)
  if (isHopeless) {
    return { verdict: 'failed', delivery: await failDelivery(tx, delivery, INTERRUPTED, now) }
  }
  const mail = await prepareMail(tx, delivery, now)
  if ('obstacle' in mail) {
    return {
      verdict: 'cancelled',
      delivery: await cancelDelivery(tx, delivery, mail.obstacle, now)
    }
  }
  const composed = await composeOnce(tx, post, { delivery, mail, now })
  const change = { attempts: delivery.attempts + 1, nextAttemptAt: null }
  return { delivery: await updateDelivery(tx, id, change, now), ...composed }
}

/**
 * Ends an attempt that its worker could not: it began, and nothing is planned. Answers whether so
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
    detail: INTERRUPTED,
    durationMs: 0,
    createdAt: now
  })
  const latest = await findLatestAttempts(tx, id, MAX_INTERRUPTIONS)
  return latest.length === MAX_INTERRUPTIONS && latest.every(({ detail }) => detail === INTERRUPTED)
}

/**
 * The stored message, or a new one. A fault of ours in composing must not stop all others, nor come
 * again for ever: it is an attempt that failed, told by the error's kind, as its text may hold data.
 */
async function composeOnce(
  tx: Transaction,
  post: Post,
  { delivery, mail, now }: { delivery: Delivery; mail: PreparedMail; now: Date }
): Promise<Composed> {
  const stored = await findMessage(tx, delivery.id)
  if (stored) return { message: stored }
  if (!isMailAddress(delivery.recipientAddress)) {
    const reason = 'the recipient address is not valid'
    return { message: null, outcome: { state: 'refused', reason } }
  }
  let message: StoredMessage
  try {
    message = await composeDelivery(delivery, mail, { ...post, now })
  } catch (error) {
    if (error instanceof UnwritableMail) {
      return { message: null, outcome: { state: 'refused', reason: error.message } }
    }
    const kind = error instanceof Error ? error.name : typeof error
    const reason = `the message could not be composed (${kind})`
    return { message: null, outcome: { state: 'retry', reason } }
  }
  await insertMessage(tx, delivery.id, message, now)
  return { message }
}
