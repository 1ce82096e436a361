import { setTimeout as wait } from 'node:timers/promises'

import type { Logger } from 'pino'

import { isTransient } from '../../database/failures.ts'
import {
  HELD_SECONDS,
  findDueDeliveries,
  holdDeliveries,
  postponeDeliveries
} from '../../repositories/deliveries/due-deliveries.ts'
import type {
  DueDeliveries,
  UnderwayDelivery
} from '../../repositories/deliveries/due-deliveries.ts'
import type { JobPool } from '../../repositories/jobs.ts'
import type { DeliveryMetrics } from '../metrics.ts'
import { deliver } from './deliver.ts'
import type { DeliveryContext, DeliveryReport } from './delivery-context.ts'

interface DeliveryRunnerOptions {
  /** Tells what is due. */
  queue: JobPool
  context: DeliveryContext
  /** How many messages are sent at once. */
  concurrency: number
  metrics: DeliveryMetrics
  logger: Logger
}

/** How often due deliveries are looked for while there are none, in milliseconds. */
const POLL_MS = 500

/** After so many failures to look for deliveries, with no success in between, the worker does not run. */
const MAX_FAILURES = 8

const FAILURE_PAUSE_MS = 1_000

/** How often deliveries under way are held on to, in milliseconds. */
const BEAT_MS = (HELD_SECONDS * 1000) / 4

/** The wait of a delivery that a fault of ours keeps from being attempted, in seconds. */
const POSTPONED_SECONDS = 60

/** Takes deliveries that are due, of all dealers, and attempts them, until told to stop. */
export class DeliveryRunner {
  readonly #options: DeliveryRunnerOptions
  /** What was found and is not ended. All of it can be sent at once: an attempt that has begun is sent. */
  readonly #taken = new Set<string>()
  /** Attempts under way, by delivery. */
  readonly #underway = new Map<string, UnderwayDelivery & { dealerId: string }>()
  readonly #batches = new Set<Promise<void>>()
  #isStopping = false
  /** Called when there is more room. */
  #onRoom = (): void => undefined
  /** Ends the present pause. */
  #wake = (): void => undefined
  #beat: NodeJS.Timeout | null = null
  #loop: Promise<void> | null = null
  #failures = 0

  constructor(options: DeliveryRunnerOptions) {
    this.#options = options
  }

  get isRunning(): boolean {
    return this.#loop !== null && !this.#isStopping && this.#failures < MAX_FAILURES
  }

  start(): void {
    this.#loop = this.#run()
    this.#beat = setInterval(() => void this.#hold(HELD_SECONDS), BEAT_MS)
  }

  /**
   * Takes no more deliveries, and waits for attempts under way, no longer than `drainMs`; what has not
   * ended by then is handed back for others. Returns whether all had ended.
   */
  async stop(drainMs: number): Promise<boolean> {
    this.#isStopping = true
    this.#wake()
    const drained = Promise.all([this.#loop, ...this.#batches]).then(() => true)
    const isDrained = await Promise.race([drained, wait(drainMs, false, { ref: false })])
    if (this.#beat) clearInterval(this.#beat)
    if (!isDrained) {
      await this.#hold(0)
      this.#options.logger.warn('deliveries under way handed back')
    }
    return isDrained
  }

  async #run(): Promise<void> {
    const { concurrency } = this.#options
    while (!this.#isStopping) {
      const free = concurrency - this.#taken.size
      // Little room makes small batches, which cost more.
      if (free < concurrency / 2) await this.#pause(POLL_MS, true)
      else if ((await this.#takeDue(free)) < free) {
        await this.#pause(this.#failures > 0 ? FAILURE_PAUSE_MS : POLL_MS, false)
      }
    }
  }

  /** Begins with what is due, and returns how many deliveries were found. */
  async #takeDue(limit: number): Promise<number> {
    const { queue, logger, concurrency } = this.#options
    let found: DueDeliveries[]
    try {
      const batch = Math.ceil(concurrency / 2)
      found = await findDueDeliveries(queue, { limit, batch }, [...this.#taken])
      this.#failures = 0
    } catch (err) {
      this.#failures += 1
      logger.warn({ err }, 'deliveries can’t be looked for')
      return 0
    }
    for (const due of found) {
      for (const id of due.deliveryIds) this.#taken.add(id)
      const batch: Promise<void> = this.#attempt(due).finally(() => {
        this.#batches.delete(batch)
        this.#release(due.deliveryIds)
      })
      this.#batches.add(batch)
    }
    return found.reduce((sum, { deliveryIds }) => sum + deliveryIds.length, 0)
  }

  /** Attempts deliveries of one dealer. Never throws. */
  async #attempt(due: DueDeliveries): Promise<void> {
    const { metrics, context } = this.#options
    const { dealerId } = due
    if (this.#isStopping) return
    const startedAt = performance.now()
    try {
      await deliver(context, due, {
        onBegun: (begun) => {
          for (const { id, attempts } of begun) {
            this.#underway.set(id, { id, attempts, dealerId })
          }
        },
        onEnded: (reports) => {
          for (const report of reports) {
            metrics.count(report, (performance.now() - startedAt) / 1000)
            this.#log(dealerId, report)
          }
          this.#release(reports.map(({ id }) => id))
        }
      })
    } catch (err) {
      await this.#failAttempts(due, err)
    }
  }

  #release(ids: readonly string[]): void {
    for (const id of ids) {
      this.#taken.delete(id)
      this.#underway.delete(id)
    }
    this.#onRoom()
  }

  /** What went wrong is a warning: the code tells a receiver's refusal from a server that can't be used. */
  #log(dealerId: string, { verdict, delivery }: DeliveryReport): void {
    if (!delivery) return
    const { id: deliveryId, leadId, purpose, attempts: attempt, reason } = delivery
    const fields = { dealerId, deliveryId, leadId, purpose, attempt, verdict, code: reason?.code }
    const level = verdict === 'failed' || verdict === 'retry' ? 'warn' : 'info'
    this.#options.logger[level](fields, 'delivery attempted')
  }

  /** After a fault: each delivery by itself, so that one stops no other; one by itself waits. */
  async #failAttempts({ dealerId, deliveryIds }: DueDeliveries, err: unknown): Promise<void> {
    const { logger, context } = this.#options
    logger.error({ err, dealerId, deliveryIds }, 'deliveries could not be attempted')
    if (isTransient(err)) return
    if (deliveryIds.length > 1) {
      for (const id of deliveryIds) await this.#attempt({ dealerId, deliveryIds: [id] })
      return
    }
    await context.db
      .transaction(dealerId, (tx) => postponeDeliveries(tx, deliveryIds, POSTPONED_SECONDS))
      .catch((cause: unknown) => {
        logger.error({ err: cause }, 'a delivery could not be postponed')
      })
  }

  /** Holds on to what is under way; 0 seconds hand it back. */
  async #hold(seconds: number): Promise<void> {
    const { context, logger } = this.#options
    const all = [...this.#underway.values()]
    for (const dealerId of new Set(all.map((one) => one.dealerId))) {
      const underway = all.filter((one) => one.dealerId === dealerId)
      await context.db
        .transaction(dealerId, (tx) => holdDeliveries(tx, underway, seconds))
        .catch((err: unknown) => {
          logger.warn({ err }, 'deliveries under way could not be held')
        })
    }
  }

  /** Waits, where it is said only until there is more room. */
  async #pause(ms: number, untilRoom: boolean): Promise<void> {
    if (this.#isStopping) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (untilRoom) this.#onRoom = this.#wake
    })
    this.#onRoom = () => undefined
  }
}
