import { setTimeout as pause } from 'node:timers/promises'

import { lockNumbers } from './locks.ts'
import type { REPORT_LIMITS } from './limits.ts'
import { statement } from './statement.ts'
import type { Transaction } from './transaction.ts'

type TurnLimits = Pick<
  { readonly [Limit in keyof typeof REPORT_LIMITS]: number },
  'atOnceOfDealer' | 'waitingOfDealer' | 'waitMs' | 'lookMs'
>

/** A report that did not begin: too many others of its dealer run or wait. */
export class TooManyReports extends Error {
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number

  constructor(retryAfter: number) {
    super('too many reports of one dealer')
    this.name = 'TooManyReports'
    this.retryAfter = retryAfter
  }
}

/** The transaction of a report found no turn, and ends before its work. */
class NoTurn extends Error {}

/** Takes one of these locks until the end of the transaction, if one is free. */
const TAKE_TURN = statement(
  'report_turn',
  { keys: 'bigint[]' },
  `select exists (select from unnest(:keys) as keys (key) where pg_try_advisory_xact_lock(key))
    as "hasTurn"`
).returning<{ hasTurn: boolean }>()

/** The reports of a dealer in this process: how many run, and how those that wait begin. */
interface Line {
  running: number
  waiting: (() => void)[]
}

/**
 * Lets few reports of a dealer run at once. In this process the others stand in line. What runs in all
 * processes holds one of the dealer's locks; who has no turn there tries again.
 */
export class ReportTurns {
  readonly #limits: TurnLimits
  readonly #lines = new Map<string, Line>()

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /**
   * Runs a report's transaction when it is its turn. It calls `begin` before its work, and again each time
   * that `begin` ended it. Throws `TooManyReports`, at once or when the time to wait is over.
   */
  async run<T>(
    dealerId: string,
    transact: (begin: (tx: Transaction) => Promise<void>) => Promise<T>
  ): Promise<T> {
    const until = performance.now() + this.#limits.waitMs
    await this.#stand(dealerId)
    try {
      for (;;) {
        try {
          return await transact((tx) => this.#takeTurn(tx))
        } catch (error) {
          if (!(error instanceof NoTurn)) throw error
        }
        if (performance.now() >= until) throw this.#refusal()
        await pause(this.#limits.lookMs)
      }
    } finally {
      this.#leave(dealerId)
    }
  }

  async #takeTurn(tx: Transaction): Promise<void> {
    const locks = Array.from({ length: this.#limits.atOnceOfDealer }, (_, n) => `report ${n}`)
    const keys = lockNumbers(tx.dealerId, locks).map(String)
    const [row] = await tx.run(TAKE_TURN, { keys })
    if (row?.hasTurn !== true) throw new NoTurn()
  }

  /** Waits until fewer reports of the dealer run in this process. */
  async #stand(dealerId: string): Promise<void> {
    const line = this.#lines.get(dealerId) ?? { running: 0, waiting: [] }
    this.#lines.set(dealerId, line)
    if (line.running < this.#limits.atOnceOfDealer) {
      line.running += 1
      return
    }
    if (line.waiting.length >= this.#limits.waitingOfDealer) throw this.#refusal()
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        line.waiting = line.waiting.filter((one) => one !== begin)
        reject(this.#refusal())
      }, this.#limits.waitMs)
      line.waiting.push(begin)
    })
  }

  /** The first in line goes on in the place of what ended. */
  #leave(dealerId: string): void {
    const line = this.#lines.get(dealerId)
    if (line === undefined) return
    const next = line.waiting.shift()
    if (next !== undefined) {
      next()
      return
    }
    line.running -= 1
    if (line.running === 0) this.#lines.delete(dealerId)
  }

  #refusal(): TooManyReports {
    return new TooManyReports(Math.ceil(this.#limits.waitMs / 1000))
  }
}
