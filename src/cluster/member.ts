import cluster from 'node:cluster'
import { setTimeout as wait } from 'node:timers/promises'

import { pino } from 'pino'
import type { Registry } from 'prom-client'

import { logOptions } from '../logging.ts'
import { describeFailedStart } from '../program/endings.ts'
import { Parts } from '../program/parts.ts'
import { startService } from '../program/service.ts'
import { createMetrics } from '../program/metrics.ts'
import { Passwords } from '../security/passwords.ts'
import type { Order, ToMember, ToPrimary } from './messages.ts'

/** How often a worker looks whether it still runs, in milliseconds. */
const LOOK_MS = 1_000

/** How long the figures of all processes may take, in milliseconds. */
const FIGURES_MS = 5_000

/** A process of a cluster: does what the supervisor tells it, and ends when that is gone. */
export async function runMember(): Promise<void> {
  const member = new Member()
  await member.run()
}

class Member {
  readonly #parts = new Parts()
  readonly #metrics = createMetrics()
  /** Who waits for the figures of all processes. */
  readonly #asked = new Map<number, (text: string | null) => void>()
  #obstacles: readonly string[] = ['the start has not ended']
  #starting: Promise<void> = Promise.resolve()
  #graceSeconds = 1
  #isStopping = false
  #questions = 0

  async run(): Promise<void> {
    // In a terminal it reaches every process, and the supervisor says when it is time.
    process.on('SIGINT', () => undefined)
    process.on('SIGTERM', () => {
      this.#stop()
    })
    cluster.worker?.on('disconnect', () => {
      // Otherwise the process would end at once, in the middle of its work.
      if (cluster.worker) cluster.worker.exitedAfterDisconnect = true
      this.#stop()
    })
    await new Promise<void>((resolve) => {
      process.on('message', (message: ToMember) => {
        if (message.kind === 'begin') {
          this.#starting = this.#start(message.order)
          resolve()
        } else this.#heed(message)
      })
      tell({ kind: 'hello' })
    })
    try {
      await this.#starting
    } catch (error) {
      tell({ kind: 'failed', reason: describeFailedStart(error) })
      await this.#parts.stop().catch(() => undefined)
      process.exit(1)
    }
  }

  async #start({ name, config, prepared, hashingAtOnce, tells }: Order): Promise<void> {
    this.#graceSeconds = config.shutdownGraceSeconds
    const logger = pino(logOptions(config.logLevel)).child({ process: name })
    const { baseUrl, isWorking } = await startService({
      config,
      prepared,
      parts: this.#parts,
      logger,
      metrics: this.#metrics,
      published: {
        contentType: this.#metrics.contentType,
        metrics: () => this.#askFigures()
      },
      passwords: new Passwords(undefined, hashingAtOnce),
      tells,
      findObstacles: () => this.#obstacles
    })
    tell({ kind: 'ready', baseUrl })
    if (config.role === 'worker') this.#watchWork(isWorking)
  }

  #heed(message: Exclude<ToMember, { kind: 'begin' }>): void {
    switch (message.kind) {
      case 'obstacles':
        this.#obstacles = message.obstacles
        break
      case 'collect':
        void sendFigures(this.#metrics, message.id)
        break
      case 'metrics':
        this.#asked.get(message.id)?.(message.text)
        break
      case 'stop':
        this.#stop()
    }
  }

  /** Says whenever the worker begins to run, or no longer does. */
  #watchWork(isWorking: () => boolean): void {
    let said: boolean | null = null
    const look = () => {
      if (isWorking() === said) return
      said = isWorking()
      tell({ kind: 'working', isWorking: said })
    }
    look()
    setInterval(look, LOOK_MS).unref()
  }

  async #askFigures(): Promise<string> {
    const id = (this.#questions += 1)
    const told = new Promise<string | null>((resolve) => this.#asked.set(id, resolve))
    tell({ kind: 'ask-metrics', id })
    const text = await Promise.race([told, wait(FIGURES_MS, null, { ref: false })])
    this.#asked.delete(id)
    if (text === null) throw new Error('the figures of the processes could not be had')
    return text
  }

  /** Finishes what is in flight. Told again, it goes on doing so: more than one may tell. */
  #stop(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    setTimeout(() => process.exit(1), this.#graceSeconds * 1000).unref()
    const settled = this.#starting.catch(() => undefined)
    settled
      .then(() => this.#parts.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1)
      )
  }
}

async function sendFigures(metrics: Registry, id: number): Promise<void> {
  const figures = await metrics.getMetricsAsJSON()
  tell({ kind: 'collected', id, figures })
}

/** Where the supervisor is gone, the message is lost; the process is ending then. */
function tell(message: ToPrimary): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}
