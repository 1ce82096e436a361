import type { Transaction } from '../../database/client.ts'
import type { Delivery, SendOutcome } from '../../domain/deliveries/delivery.ts'
import { retryDelaySeconds } from '../../domain/deliveries/delivery.ts'
import { SYSTEM_ACTOR } from '../../domain/events/event.ts'
import type { EventType } from '../../domain/events/event.ts'
import type { DeliveryCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { updateDelivery } from '../../repositories/deliveries/deliveries.ts'
import { endAttempts } from '../../repositories/deliveries/delivery-attempts.ts'
import type { EndedDelivery } from '../../repositories/deliveries/delivery-attempts.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { NewEvent } from '../../repositories/events/record-events.ts'
import { tellOfFailedMails } from '../../use-cases/notifications/steps/tell-of-failed-mails.ts'
import type { DeliveryContext, DeliveryReport, DeliveryVerdict } from './delivery-context.ts'

export interface EndedAttempt {
  /** As it was when the attempt began. */
  delivery: Delivery
  outcome: SendOutcome
  durationMs: number
}

/** Records how attempts ended, unless another worker has taken the delivery over since: `stale`. */
export async function recordEnds(
  tx: Transaction,
  context: DeliveryContext,
  attempts: readonly EndedAttempt[]
): Promise<DeliveryReport[]> {
  const now = context.now()
  const ends = attempts.map((attempt) => endOf(attempt, context, now))
  const recorded = await endAttempts(
    tx,
    ends.map(({ ended }) => ended),
    SYSTEM_ACTOR,
    now
  )
  const reports = ends.map(({ verdict, ended, delivery }): DeliveryReport => {
    const { id } = delivery
    if (!recorded.has(id)) return { verdict: 'stale', id, delivery }
    const { state, failures, nextAttemptAt, reason, sentAt } = ended
    const change = { state, failures, nextAttemptAt, reason, sentAt, updatedAt: now }
    return { verdict, id, delivery: { ...delivery, ...change, version: delivery.version + 1 } }
  })
  const failed = reports.filter(({ verdict }) => verdict === 'failed')
  await tellOfFailedMails(
    tx,
    failed.flatMap(({ delivery }) => delivery ?? []),
    now
  )
  return reports
}

/** What becomes of a delivery after an attempt. */
function endOf(
  { delivery, outcome, durationMs }: EndedAttempt,
  { random, retrySeconds }: DeliveryContext,
  now: Date
): { verdict: DeliveryVerdict; delivery: Delivery; ended: EndedDelivery } {
  const { id, failures, sentAt } = delivery
  const { reason } = outcome
  const attempt = { number: delivery.attempts, outcome: outcome.state, ...reason, durationMs }
  const base = { id, failures, sentAt, nextAttemptAt: null, delaySeconds: null, attempt }
  switch (outcome.state) {
    case 'sent': {
      const event = deliveryEvent('delivery.sent', delivery)
      const ended = { ...base, state: 'sent', sentAt: now, reason: null, event } as const
      return { verdict: 'sent', delivery, ended }
    }
    case 'refused': {
      const event = deliveryEvent('delivery.failed', delivery)
      return { verdict: 'failed', delivery, ended: { ...base, state: 'failed', reason, event } }
    }
    case 'retry': {
      // The next attempt follows after a longer pause; after the last of the schedule there is none.
      const seconds = retryDelaySeconds(failures + 1, retrySeconds, random())
      if (seconds === null) {
        const event = deliveryEvent('delivery.failed', delivery)
        return { verdict: 'failed', delivery, ended: { ...base, state: 'failed', reason, event } }
      }
      const nextAttemptAt = new Date(now.getTime() + seconds * 1000)
      const planned = { failures: failures + 1, nextAttemptAt, delaySeconds: seconds }
      const ended = { ...base, ...planned, state: 'pending', reason, event: null } as const
      return { verdict: 'retry', delivery, ended }
    }
  }
}

/** Gives a locked delivery up: a person may have it sent again. */
export async function failDelivery(
  tx: Transaction,
  delivery: Delivery,
  reason: Reason<DeliveryCode>,
  now: Date
): Promise<Delivery> {
  await recordEvents(tx, SYSTEM_ACTOR, now, [deliveryEvent('delivery.failed', delivery)])
  const change = { state: 'failed', nextAttemptAt: null, reason } as const
  const failed = await updateDelivery(tx, delivery.id, change, now)
  await tellOfFailedMails(tx, [failed], now)
  return failed
}

/** Cancels a locked delivery that is no longer to be sent. */
export async function cancelDelivery(
  tx: Transaction,
  delivery: Delivery,
  reason: Reason<DeliveryCode>,
  now: Date
): Promise<Delivery> {
  await recordEvents(tx, SYSTEM_ACTOR, now, [deliveryEvent('delivery.cancelled', delivery)])
  const change = { state: 'cancelled', nextAttemptAt: null, reason } as const
  return await updateDelivery(tx, delivery.id, change, now)
}

function deliveryEvent(type: EventType, { id, leadId, purpose, attempts }: Delivery): NewEvent {
  return { type, subject: { type: 'delivery', id }, leadId, data: { purpose, attempts } }
}
