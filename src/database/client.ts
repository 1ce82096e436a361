import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'

import { OPERATOR, beginRead, beginReport, beginStatement, beginWrite } from './begin.ts'
import { isTransient } from './failures.ts'
import {
  BY_SLUG,
  BY_REFERRAL_CODE,
  BY_OPERATOR_KEY,
  IS_API_ORIGIN,
  DEALER_IDS,
  TAKE_LOCKS
} from './functions.ts'
import { DATABASE_LIMITS, REPORT_LIMITS } from './limits.ts'
import { lockNumbers } from './locks.ts'
import { namingStatements, planningForValues } from './naming-statements.ts'
import { openPool } from './open-pool.ts'
import type { ParameterTypes, Statement, Values } from './statement.ts'

/** Of each connection: one keeps the names of columns that it has worked out. */
const orms = new WeakMap<pg.PoolClient, { named: NodePgDatabase; filtering: NodePgDatabase }>()

/**
 * A transaction of one dealer. `query` is for hot paths (named statements, prepared once a
 * connection); `orm` for everything else.
 */
export class Transaction {
  readonly dealerId: string
  readonly #client: pg.PoolClient

  constructor(client: pg.PoolClient, dealerId: string) {
    this.#client = client
    this.dealerId = dealerId
  }

  /** Its statements are parsed once a connection, and a plan may serve all values. */
  get orm(): NodePgDatabase {
    return this.#orms.named
  }

  /** For lists with filters, in reads: their statements have no name, and are planned for their values. */
  get filterOrm(): NodePgDatabase {
    return this.#orms.filtering
  }

  get #orms() {
    let made = orms.get(this.#client)
    if (!made) {
      const open = (client: pg.PoolClient) => drizzle(client, { casing: 'snake_case' })
      made = {
        named: open(namingStatements(this.#client)),
        filtering: open(planningForValues(this.#client))
      }
      orms.set(this.#client, made)
    }
    return made
  }

  /** Runs a statement, whose `:dealerId` is this transaction's dealer. */
  async run<Types extends ParameterTypes, Row>(
    statement: Statement<Types, Row>,
    values: Values<Types>
  ): Promise<Row[]> {
    const { rows } = await this.#client.query<Row & pg.QueryResultRow>(
      statement.with({ ...values, dealerId: this.dealerId })
    )
    return rows
  }

  /**
   * Takes locks, as `Database.transaction` does when it begins: for those that only reading can tell.
   * All of them in one call, and before any row is locked.
   */
  async lock(locks: readonly string[]): Promise<void> {
    await this.run(TAKE_LOCKS, { keys: lockNumbers(this.dealerId, locks).map(String) })
  }

  /**
   * Does work that may fail without taking with it what this transaction did before: then nothing of
   * it stays, and the failure is returned. Null: it is done. A passing failure is thrown:
   * then all of the transaction is better tried again.
   */
  async attempt(work: () => Promise<void>): Promise<{ error: unknown } | null> {
    await this.#client.query('savepoint attempt')
    try {
      await work()
    } catch (error) {
      if (isTransient(error)) throw error
      await this.#client.query('rollback to savepoint attempt')
      return { error }
    }
    await this.#client.query('release savepoint attempt')
    return null
  }
}

export interface TransactionOptions<T> {
  /** Whether a result is committed; all are where this is missing. */
  keeps?: ((result: T) => boolean) | undefined
}

/** The pool, and the only ways into it: every query runs inside a tenant's transaction. */
export class Database {
  readonly pool: pg.Pool
  readonly #reports: pg.Pool

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

  /** Runs `work` in a transaction of this dealer that can only read. */
  async read<T>(dealerId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.#run(beginRead(dealerId), dealerId, work)
  }

  /**
   * Runs `work` in a transaction of this dealer that only reads, within the limits of reports. All of
   * its statements see the dealer as it was at one moment.
   */
  async report<T>(dealerId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const begin = beginReport(dealerId, REPORT_LIMITS.memory)
    return await this.#run(begin, dealerId, work, { pool: this.#reports })
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
      keeps = () => true
    }: { pool?: pg.Pool; keeps?: ((result: T) => boolean) | undefined } = {}
  ): Promise<T> {
    const client = await pool.connect()
    let broken: Error | boolean = false
    try {
      await client.query(begin)
      const result = await work(new Transaction(client, dealerId))
      await client.query(keeps(result) ? 'commit' : 'rollback')
      return result
    } catch (error) {
      // A connection that can't even roll back is thrown away, not returned to the pool.
      broken = await client.query('rollback').then(
        () => false,
        () => true
      )
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
    waits = DATABASE_LIMITS
  }: {
    max: number
    onError: (error: Error) => void
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
  const { atOnce, waitMs, ...limits } = REPORT_LIMITS
  return new Database(open(max, waits), open(atOnce, { ...limits, connectMs: waitMs }))
}
