import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { Recipient } from '../../../domain/notifications/notification.ts'
import { hearersOfQueue } from '../../../domain/notifications/queue-recipients.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveriesOfMany } from '../../../repositories/deliveries/deliveries.ts'
import { findQueueRecipients } from '../../../repositories/notifications/recipients.ts'

interface Queueing {
  queueId: string
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** More leads than this at once come with the digest: a mail for each would bury all others. */
export const MAX_MAILS = 10

/** Tells those who work on a queue that leads were put there. */
export async function tellQueue(
  tx: Transaction,
  leadIds: readonly string[],
  queueing: Queueing
): Promise<void> {
  if (leadIds.length === 0) return
  const { now, mailDomain } = queueing
  const hearers = await findHearers(tx, queueing)
  const planned = planNotification('queuedLead', hearers).map((delivery) =>
    leadIds.length > MAX_MAILS && delivery.mode === 'now'
      ? { ...delivery, mode: 'digest' as const }
      : delivery
  )
  const deliveries = leadIds.flatMap((leadId) =>
    planned.map((delivery) => ({ leadId, ...delivery }))
  )
  await createDeliveriesOfMany(tx, { deliveries, mailDomain, now })
}

/** The users who hear of what happens to the leads of a queue. */
export async function findHearers(
  tx: Transaction,
  { queueId, actor, now }: Pick<Queueing, 'queueId' | 'actor' | 'now'>
): Promise<Recipient[]> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a queue is gone')
  const recipients = await findQueueRecipients(tx, [queueId])
  const { settings, workingHours, timeZone: zone } = dealer
  const exceptId = actor.type === 'user' ? actor.id : null
  return hearersOfQueue(recipients, { queueId, settings, workingHours, zone, at: now, exceptId })
}
