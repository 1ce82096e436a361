import type pg from 'pg'

import {
  OPERATOR,
  beginAtOnce,
  beginRead,
  beginReport,
  beginStatement,
  beginWrite
} from './begin.ts'
import {
  BY_SLUG,
  BY_REFERRAL_CODE,
  BY_OPERATOR_KEY,
  IS_API_ORIGIN,
  DEALER_IDS,
  DELIVERY_DELAY,
  FORGET_COUNTED,
  GIVE_COUNTED,
  TAKE_COUNTED
} from './functions.ts'
import { DATABASE_LIMITS, REPORT_LIMITS } from './limits.ts'
import { openPool } from './open-pool.ts'
import { ReportTurns } from './report-turns.ts'
import type { ParameterTypes, Statement, Values } from './statement.ts'
import { MAX_ASSUMING, start, unlessAgain, withAssumptions } from './repeatable-reads.ts'
import { ReadAgain, Transaction, holdWrites } from './transaction.ts'

export { ReadAgain, Transaction }

export interface TransactionOptions<T> {
  /** Whether a result is committed; all are where this is missing. */
  keeps?: ((result: T) => boolean) | undefined
}

interface RunOptions<T> extends TransactionOptions<T> {
  pool?: pg.Pool
  isRepeatable?: boolean
  isAtOnce?: boolean
}

/** Until all that can go on without a response has gone on. */
const nextTick = () =>
  new Promise<void>((resolve) => {
    process.nextTick(resolve)
  })

/** The pool, and the only ways into it: every query runs inside a tenant's transaction. */
export class Database {
  readonly pool: pg.Pool
  readonly #reports: pg.Pool
  readonly #turns = new ReportTurns(REPORT_LIMITS)

  /** `reports` are the connections for reports; those of `pool` where nothing else is said. */
  constructor(pool: pg.Pool, reports = pool) {
    this.pool = pool
    this.#reports = reports
  }

  /** Ends all connections, once what they do is done. */
  async close(): Promise<void> {
    await this.pool.end()
    if (this.#reports !== this.pool) await this.#reports.end()
  }

  /**
   * Runs `work` in one transaction that sees this dealer's rows only; commits what it did, or rolls
   * all back when it throws, or when `keeps` says no of its result.
   *
   * `locks` are taken first, each a text such as an e-mail's key: of two transactions with a lock in
   * common, the second starts only when the first has ended. They are taken in ascending order, so
   * that two transactions never wait for each other.
   */
  async transaction<T>(
    dealerId: string,
    work: (tx: Transaction) => Promise<T>,
    locks: readonly string[] = [],
    { keeps }: TransactionOptions<T> = {}
  ): Promise<T> {
    return await this.#run(beginWrite(dealerId, locks), dealerId, work, { keeps })
  }

  /**
   * Runs `work` in a transaction of this dealer that can only read. It is run again where something that
   * it assumed did not hold.
   */
  async read<T>(dealerId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.#read(dealerId, withAssumptions(work), MAX_ASSUMING)
  }

  /** Tries so many times with assumptions, and then without. */
  async #read<T>(
    dealerId: string,
    work: (tx: Transaction) => Promise<T>,
    left: number
  ): Promise<T> {
    const run = (isRepeatable: boolean) =>
      this.#run(beginRead(dealerId), dealerId, work, { isRepeatable })
    if (left === 0) return await run(false)
    return await unlessAgain(
      () => run(true),
      () => this.#read(dealerId, work, left - 1)
    )
  }

  /**
   * The same for work whose statements usually need nothing of each other: all are sent at once, together with
   * those that begin and end the transaction. Work that needs a later one is done again by `read`.
   */
  async readAtOnce<T>(dealerId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const options = { isRepeatable: true, isAtOnce: true }
    return await unlessAgain(
      () => this.#run(beginAtOnce(dealerId), dealerId, withAssumptions(work), options),
      () => this.read(dealerId, work)
    )
  }

  /**
   * Runs `work` in a transaction of this dealer that only reads, within the limits of reports. All of
   * its statements see the dealer as it was at one moment. Throws `TooManyReports`.
   */
  async report<T>(dealerId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const begin = beginReport(dealerId, REPORT_LIMITS.memory)
    return await this.#turns.run(dealerId, (takeTurn) =>
      this.#run(
        begin,
        dealerId,
        async (tx) => {
          await takeTurn(tx)
          return await work(tx)
        },
        { pool: this.#reports }
      )
    )
  }

  /** A transaction of the operator, who has no tenant. */
  async operatorTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.#run(beginStatement(OPERATOR, []), '', work)
  }

  /**
   * Runs `work` for a dealer made by the operator in this very transaction: both settings hold.
   */
  async foundingTransaction<T>(
    dealerId: string,
    work: (tx: Transaction) => Promise<T>
  ): Promise<T> {
    const begin = `${beginStatement(dealerId, [])};select set_config('app.operator','on',true)`
    return await this.#run(begin, dealerId, work)
  }

  /** The dealer with this slug, or null. */
  async findDealerIdBySlug(slug: string): Promise<string | null> {
    return (await this.findByFunction(BY_SLUG, { slug }))?.id ?? null
  }

  /** The dealer whose link has this code, or null. */
  async findDealerIdByReferralCode(code: string): Promise<string | null> {
    return (await this.findByFunction(BY_REFERRAL_CODE, { code }))?.id ?? null
  }

  /** The dealer that the operator created under this idempotency key, or null. */
  async findDealerIdByOperatorKey(key: string): Promise<string | null> {
    return (await this.findByFunction(BY_OPERATOR_KEY, { key }))?.id ?? null
  }

  /** Whether any dealer allows scripts of this origin. */
  async isApiOrigin(origin: string): Promise<boolean> {
    return (await this.findByFunction(IS_API_ORIGIN, { origin }))?.is ?? false
  }

  /**
   * Takes up to `ask` of the `most` that all processes together may have of a key in a window of so many
   * seconds, which begins with the first. The key is stored as it is: it must name no person.
   */
  async takeCounted(
    key: string,
    { ask, most, seconds }: { ask: number; most: number; seconds: number }
  ): Promise<{ granted: number; taken: number; leftMs: number }> {
    const row = await this.findByFunction(TAKE_COUNTED, { key, ask, most, seconds })
    if (!row) throw new Error('a window was not counted')
    return { granted: row.granted, taken: row.taken, leftMs: row.left_ms }
  }

  /** Gives so many back to the present window of a key. */
  async giveCounted(key: string, count: number): Promise<void> {
    await this.findByFunction(GIVE_COUNTED, { key, count })
  }

  /** Forgets so many windows that have ended, and returns how many there were. */
  async forgetCounted(limit: number): Promise<number> {
    return (await this.findByFunction(FORGET_COUNTED, { limit }))?.gone ?? 0
  }

  /** For how many seconds the oldest delivery of all dealers has been due and untaken; 0: none is due. */
  async readDeliveryDelay(): Promise<number> {
    return (await this.findByFunction(DELIVERY_DELAY, {}))?.seconds ?? 0
  }

  /** Every dealer's id: for housekeeping, which then visits one after the other. */
  async listDealerIds(): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(DEALER_IDS.with({}))
    return rows.map(({ id }) => id)
  }

  /** The first row of a function that needs no tenant, or sets its own, or null. */
  async findByFunction<Types extends ParameterTypes, Row>(
    statement: Statement<Types, Row>,
    values: Values<Types>
  ): Promise<Row | null> {
    const { rows } = await this.pool.query<Row & pg.QueryResultRow>(statement.with(values))
    return rows[0] ?? null
  }

  async #run<T>(
    begin: string,
    dealerId: string,
    work: (tx: Transaction) => Promise<T>,
    {
      pool = this.pool,
      keeps = () => true,
      isRepeatable = false,
      isAtOnce = false
    }: RunOptions<T> = {}
  ): Promise<T> {
    const client = await pool.connect()
    let broken: Error | boolean = false
    const send = holdWrites(client)
    // What follows is sent behind it at once: where it fails, PostgreSQL refuses all of that.
    const begun = client.query(begin)
    begun.catch(() => undefined)
    try {
      const tx = new Transaction(client, dealerId, isRepeatable)
      const working = start(work, tx)
      working.catch(() => undefined)
      await nextTick()
      if (isAtOnce) tx.end().catch(() => undefined)
      send()
      const result = await working
      await Promise.all([begun, keeps(result) || tx.isEnded ? tx.end() : client.query('rollback')])
      return result
    } catch (error) {
      // A connection that can't even roll back is thrown away, not returned to the pool.
      broken = await client.query('rollback').then(
        () => false,
        () => true
      )
      // Where the transaction could not begin, that is the cause of all other failures.
      await begun
      throw error
    } finally {
      client.release(broken)
    }
  }
}

/** Opens the application's pools. Connections are made when first needed. */
export function connect(
  url: string,
  {
    max,
    onError,
    namedStatements = true,
    waits = DATABASE_LIMITS
  }: {
    max: number
    onError: (error: Error) => void
    namedStatements?: boolean
    /** Other limits, where all of a machine is kept busy on purpose. */
    waits?: { [Limit in keyof typeof DATABASE_LIMITS]: number }
  }
): Database {
  const open = (
    size: number,
    limits: { connectMs: number; statementMs: number; queryMs: number }
  ) =>
    openPool(
      {
        connectionString: url,
        pipeline: true,
        namedStatements,
        max: size,
        application_name: 'leadyard',
        connectionTimeoutMillis: limits.connectMs,
        statement_timeout: limits.statementMs,
        lock_timeout: waits.lockMs,
        idle_in_transaction_session_timeout: waits.idleInTransactionMs,
        query_timeout: limits.queryMs
      },
      onError
    )
  const { atOnce, waitMs: connectMs, statementMs, queryMs } = REPORT_LIMITS
  return new Database(open(max, waits), open(atOnce, { connectMs, statementMs, queryMs }))
}
