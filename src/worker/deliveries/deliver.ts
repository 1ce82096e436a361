import { setTimeout as wait } from 'node:timers/promises'

import type { Delivery } from '../../domain/deliveries/delivery.ts'
import type { DueDeliveries } from '../../repositories/deliveries/due-deliveries.ts'
import { beginAttempts } from './begin-attempts.ts'
import type { BegunAttempt } from './begin-attempts.ts'
import { recordEnds } from './end-attempts.ts'
import type { EndedAttempt } from './end-attempts.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'

/** The waits before the outcome of an attempt is recorded again, when the database did not take it. */
const RECORDING_WAITS_MS = [200, 500, 1_000, 2_000, 4_000]

/** How long attempts that end at about the same time are gathered, to be recorded together. */
const GATHERING_MS = 10

/** Told of the attempts of one call as they go on. */
interface Watching {
  onBegun: (begun: readonly Delivery[]) => void
  /** The outcome is recorded. Called for each delivery once. */
  onEnded: (reports: readonly DeliveryReport[]) => void
}

const UNWATCHED: Watching = { onBegun: () => undefined, onEnded: () => undefined }

/**
 * Makes one attempt at each of some deliveries of a dealer: marks them begun, sends with no transaction
 * open, and records what came of each. A worker may die at any point in between: the next one sees an
 * attempt that began and never ended, and makes another, with the same message.
 */
export async function deliver(
  context: DeliveryContext,
  { dealerId, deliveryIds }: DueDeliveries,
  { onBegun, onEnded }: Watching = UNWATCHED
): Promise<DeliveryReport[]> {
  const { begun, reports } = await context.db.transaction(dealerId, (tx) =>
    beginAttempts(tx, context, deliveryIds)
  )
  onBegun(begun.map(({ delivery }) => delivery))
  onEnded(reports)
  const ended: EndedAttempt[] = []
  const underway = new Set<Promise<void>>()
  for (const attempt of begun) {
    const sending: Promise<void> = send(context, attempt).then((end) => {
      ended.push(end)
      underway.delete(sending)
    })
    underway.add(sending)
  }
  while (underway.size > 0 || ended.length > 0) {
    if (ended.length === 0) await Promise.race(underway)
    if (underway.size > 0) await wait(GATHERING_MS)
    if (ended.length === 0) continue
    const recorded = await record(context, dealerId, ended.splice(0))
    reports.push(...recorded)
    onEnded(recorded)
  }
  return reports
}

async function send({ channels }: DeliveryContext, begun: BegunAttempt): Promise<EndedAttempt> {
  const { delivery, message } = begun
  const startedAt = performance.now()
  const outcome =
    message === null ? begun.outcome : await channels[delivery.channel].send(delivery, message)
  return { delivery, outcome, durationMs: Math.round(performance.now() - startedAt) }
}

/**
 * Records outcomes, and does not give up on the first failure: what was sent but is not recorded is sent
 * again. Where it was recorded and only the response got lost, the second try finds it so.
 */
async function record(
  context: DeliveryContext,
  dealerId: string,
  ended: readonly EndedAttempt[]
): Promise<DeliveryReport[]> {
  const recording = () => context.db.transaction(dealerId, (tx) => recordEnds(tx, context, ended))
  for (const pauseMs of RECORDING_WAITS_MS) {
    try {
      return await recording()
    } catch {
      await wait(pauseMs)
    }
  }
  return await recording()
}
