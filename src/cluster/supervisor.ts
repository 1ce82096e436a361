import type { Logger } from 'pino'

import { StartError } from '../config/start-error.ts'
import type { Collected } from './merge-figures.ts'
import type { Figures, Order, ToMember, ToPrimary } from './messages.ts'

/** A process that ran so long starts anew at once; one that ends sooner waits longer each time. */
const STEADY_MS = 30_000
const FIRST_WAIT_MS = 100
const SHORT_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/** How long a process may take to tell its figures, in milliseconds. */
const COLLECT_MS = 2_000

/** A process as the supervisor sees it. */
export interface Handle {
  pid: number | undefined
  kill: () => void
  /** A message to a process that is just ending is lost. */
  tell: (message: ToMember) => void
  onMessage: (listener: (message: ToPrimary) => void) => void
  onExit: (listener: (code: number | null, signal: string | null) => void) => void
}

/** What is known of one of the processes. */
interface Member {
  order: Order
  handle: Handle | null
  /** Whether it has been told what to do. */
  isOrdered: boolean
  isReady: boolean
  isWorking: boolean
  readyAt: number
  /** How often it ended in a row without having run for long. */
  failures: number
  restarts: number
}

interface SupervisorOptions {
  logger: Pick<Logger, 'info' | 'warn'>
  fork: () => Handle
  /** The figures of all processes, for one of them that was asked. */
  readFigures: () => Promise<string>
  /** Waits, in milliseconds. */
  later?: (work: () => void, ms: number) => unknown
  clock?: () => number
}

/** The wait before a process starts anew that ended so often in a row, in milliseconds. */
export function restartWait(failures: number): number {
  if (failures === 0) return FIRST_WAIT_MS
  return Math.min(SHORT_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
}

/** Starts processes, starts those anew that end, and ends them. It does none of their work. */
export class Supervisor {
  readonly #options: Required<SupervisorOptions>
  readonly #members: Member[] = []
  readonly #collecting = new Map<string, (figures: Figures) => void>()
  #isStarting = true
  #isStopping = false
  #questions = 0

  constructor(options: SupervisorOptions) {
    this.#options = { later: setTimeout, clock: () => performance.now(), ...options }
  }

  /**
   * Starts processes, and resolves when all are ready, to the address of the first. Throws `StartError` where
   * one can't start.
   */
  async start(orders: readonly Order[]): Promise<string> {
    const addresses = await Promise.all(
      orders.map((order) => {
        const member: Member = {
          order,
          handle: null,
          isOrdered: false,
          isReady: false,
          isWorking: false,
          readyAt: 0,
          failures: 0,
          restarts: 0
        }
        this.#members.push(member)
        return new Promise<string>((resolve, reject) => {
          this.#fork(member, { resolve, reject })
        })
      })
    )
    return addresses[0] ?? ''
  }

  /** The start has ended: from now on the processes say that they are ready. */
  settle(): void {
    this.#isStarting = false
    this.#tellObstacles()
  }

  /** The processes by name: whether each is ready, and how often it started anew. */
  states(): { name: string; role: string; isReady: boolean; restarts: number }[] {
    return this.#members.map(({ order, isReady, restarts }) => ({
      name: order.name,
      role: order.config.role,
      isReady,
      restarts
    }))
  }

  /** The figures of all processes that tell them in time. */
  async collect(): Promise<Collected[]> {
    const id = (this.#questions += 1)
    const told = await Promise.all(
      this.#members.map(async (member): Promise<Collected | null> => {
        const { name } = member.order
        if (!member.isReady) return null
        const key = `${name} ${id}`
        const figures = await new Promise<Figures | null>((resolve) => {
          this.#collecting.set(key, resolve)
          setTimeout(resolve, COLLECT_MS, null).unref()
          member.handle?.tell({ kind: 'collect', id })
        })
        this.#collecting.delete(key)
        return figures && { name, figures }
      })
    )
    return told.filter((one) => one !== null)
  }

  /** Lets all finish what is in flight; kills what has not ended after so long. Returns whether none had to be. */
  async stop(killAfterMs: number): Promise<boolean> {
    this.#isStopping = true
    let hasKilled = false
    const timer = setTimeout(() => {
      hasKilled = true
      this.kill()
    }, killAfterMs)
    await Promise.all(
      this.#members.map(async (member) => {
        const { handle } = member
        if (!handle) return
        await new Promise<void>((resolve) => {
          handle.onExit(() => {
            resolve()
          })
          if (member.isOrdered) handle.tell({ kind: 'stop' })
          else handle.kill()
        })
      })
    )
    clearTimeout(timer)
    return !hasKilled
  }

  /** Ends all at once. */
  kill(): void {
    this.#isStopping = true
    for (const { handle } of this.#members) handle?.kill()
  }

  #fork(
    member: Member,
    first?: { resolve: (address: string) => void; reject: (reason: Error) => void }
  ): void {
    const { logger, fork, clock } = this.#options
    const handle = fork()
    member.handle = handle
    let reason: string | null = null
    handle.onMessage((message) => {
      if (message.kind === 'hello') {
        member.isOrdered = true
        handle.tell({ kind: 'begin', order: member.order })
      } else if (message.kind === 'ready') {
        member.isReady = true
        member.readyAt = clock()
        logger.info({ member: member.order.name, memberPid: handle.pid }, 'process ready')
        first?.resolve(message.baseUrl)
        this.#tellObstacles()
      } else if (message.kind === 'failed') reason = message.reason
      else this.#heed(member, message)
    })
    handle.onExit((code, signal) => {
      const hadStarted = member.isReady
      Object.assign(member, { handle: null, isOrdered: false, isReady: false, isWorking: false })
      if (this.#isStopping) return
      if (first && !hadStarted) {
        first.reject(new StartError(reason ?? `${member.order.name} ended (${signal ?? code})`))
        return
      }
      this.#startAnew(member, { code, signal, reason })
    })
  }

  #startAnew(
    member: Member,
    { code, signal, reason }: { code: number | null; signal: string | null; reason: string | null }
  ): void {
    const { logger, later, clock } = this.#options
    const hasRun = member.readyAt > 0 && clock() - member.readyAt >= STEADY_MS
    if (hasRun) member.failures = 0
    const waitMs = restartWait(member.failures)
    member.failures += 1
    member.readyAt = 0
    logger.warn(
      { member: member.order.name, code, signal, reason, waitMs },
      'process ended, and starts anew'
    )
    this.#tellObstacles()
    later(() => {
      if (this.#isStopping) return
      member.restarts += 1
      this.#fork(member)
    }, waitMs)
  }

  #heed(member: Member, message: Exclude<ToPrimary, { kind: 'hello' | 'ready' | 'failed' }>): void {
    switch (message.kind) {
      case 'working':
        member.isWorking = message.isWorking
        this.#tellObstacles()
        break
      case 'collected':
        this.#collecting.get(`${member.order.name} ${message.id}`)?.(message.figures)
        break
      case 'ask-metrics':
        void this.#options.readFigures().then(
          (text) => member.handle?.tell({ kind: 'metrics', id: message.id, text }),
          () => member.handle?.tell({ kind: 'metrics', id: message.id, text: null })
        )
    }
  }

  /** Tells the processes why all together can't serve. */
  #tellObstacles(): void {
    const workers = this.#members.filter(({ order }) => order.config.role === 'worker')
    const isWorking = workers.length === 0 || workers.some((one) => one.isReady && one.isWorking)
    const obstacles = [
      ...(this.#isStarting ? ['the start has not ended'] : []),
      ...(isWorking ? [] : ['the worker does not run'])
    ]
    for (const { handle } of this.#members) handle?.tell({ kind: 'obstacles', obstacles })
  }
}
