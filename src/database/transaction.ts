import type { Writable } from 'node:stream'

import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'

import { isTransient } from './failures.ts'
import { TAKE_LOCKS } from './functions.ts'
import { lockNumbers } from './locks.ts'
import { namingStatements, planningForValues } from './naming-statements.ts'
import type { ParameterTypes, Statement, Values } from './statement.ts'

/** Of each connection: one keeps the names of columns that it has worked out. */
const orms = new WeakMap<pg.PoolClient, { named: NodePgDatabase; filtering: NodePgDatabase }>()

/**
 * What is sent to PostgreSQL goes in one write until the returned function is called: each write costs a system
 * call, and wakes the process of the connection.
 */
export function holdWrites(client: pg.PoolClient): () => void {
  // The client doesn't tell its socket; where it is elsewhere, each message is written by itself.
  const { connection } = client as unknown as { connection?: { stream?: Writable } }
  const stream = connection?.stream
  stream?.cork()
  return () => {
    stream?.uncork()
  }
}

/**
 * Thrown where a repeatable read is done again: what it assumed did not hold, what it read does not fit
 * together, as something changed in between, or it needs a statement after those that were sent at once.
 */
export class ReadAgain extends Error {}

/**
 * A transaction of one dealer. `run` is for hot paths (named statements, prepared once a
 * connection); `orm` for everything else. Statements are sent without waiting for the responses to earlier ones.
 */
export class Transaction {
  readonly dealerId: string
  /** Whether its work may be done a second time: see `assume`. */
  readonly isRepeatable: boolean
  readonly #client: pg.PoolClient
  readonly #assumptions: Promise<boolean>[] = []
  #ended: Promise<unknown> | null = null

  constructor(client: pg.PoolClient, dealerId: string, isRepeatable = false) {
    this.#client = client
    this.dealerId = dealerId
    this.isRepeatable = isRepeatable
  }

  /**
   * Goes on with what this process remembers, while PostgreSQL is asked whether it still holds. Where it
   * does not, the work is done again. Only for transactions that are repeatable.
   */
  assume(holds: Promise<boolean>): void {
    // A failed check fails the transaction, whose own error is the one to tell.
    holds.catch(() => undefined)
    this.#assumptions.push(holds)
  }

  /** Whether all held that was assumed. */
  async hasHeld(): Promise<boolean> {
    return (await Promise.all(this.#assumptions)).every(Boolean)
  }

  /** Sends the commit behind the statements on the way: no other follows. */
  async end(): Promise<void> {
    this.#ended ??= this.#client.query('commit')
    await this.#ended
  }

  /** Whether the commit is on the way. */
  get isEnded(): boolean {
    return this.#ended !== null
  }

  /** Its statements are parsed once a connection, and a plan may serve all values. */
  get orm(): NodePgDatabase {
    return this.#orms.named
  }

  /** For lists with filters, in reads: their statements have no name, and are planned for their values. */
  get filterOrm(): NodePgDatabase {
    return this.#orms.filtering
  }

  #refuseLate(): void {
    if (this.#ended) throw new ReadAgain('a statement after the commit of its transaction')
  }

  get #orms() {
    this.#refuseLate()
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
    this.#refuseLate()
    const { rows } = await this.#client.query<Row & pg.QueryResultRow>(
      statement.with({ ...values, dealerId: this.dealerId })
    )
    return rows
  }

  /** Runs the last statement of the transaction: the commit is sent along with it. */
  async runLast<Types extends ParameterTypes, Row>(
    statement: Statement<Types, Row>,
    values: Values<Types>
  ): Promise<Row[]> {
    const send = holdWrites(this.#client)
    const done = Promise.all([this.run(statement, values), this.end()])
    send()
    const [rows] = await done
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
