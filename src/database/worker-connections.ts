import pg from 'pg'

import { DATABASE_LIMITS } from './limits.ts'
import { openPool } from './open-pool.ts'

/** Longer than the API's: no caller waits here, and at its start a process has much else to do. */
const CONNECT_MS = 10_000

/** Opens the pool with which jobs are fetched and finished: on the login that sees nothing else. */
export function connectWorker(
  url: string,
  { max, onError }: { max: number; onError: (error: Error) => void }
): pg.Pool {
  return openPool(
    {
      connectionString: url,
      max,
      application_name: 'leadyard worker',
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: DATABASE_LIMITS.statementMs,
      query_timeout: DATABASE_LIMITS.queryMs
    },
    onError
  )
}

/** Ends the pool, but waits no longer than this for connections that are in use. */
export async function endPool(pool: pg.Pool, waitMs: number): Promise<void> {
  await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, waitMs).unref())])
}

/** How often a worker shows that it lives, and how long its silence may last, in milliseconds. */
interface LifeTimes {
  beatMs: number
  silenceMs: number
}

/**
 * Shows other processes that this worker lives: a lock on the worker's id, held by a connection of
 * its own.
 *
 * When the process is killed, PostgreSQL sees the connection end and the lock is free at once. When
 * it is frozen, or its machine is gone, the server ends the connection after a silence. So jobs of
 * dead workers are told apart from long jobs, without a time limit of hours.
 */
export class LifeLock {
  readonly #url: string
  readonly #times: LifeTimes
  readonly #onError: (error: Error) => void
  #ids: string[] = []
  #client: pg.Client | null = null
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(url: string, times: LifeTimes, onError: (error: Error) => void) {
    this.#url = url
    this.#times = times
    this.#onError = onError
  }

  /** The ids that are shown to live. */
  get ids(): readonly string[] {
    return this.#ids
  }

  async open(): Promise<void> {
    await this.#connect()
    this.#beatLater()
  }

  hold(id: string): void {
    this.#ids = [...this.#ids, id]
    const client = this.#client
    if (client)
      this.#lock(client, id).catch(() => {
        this.#lose(client)
      })
  }

  /** From now on the id counts as dead: what it still holds is taken over. */
  drop(id: string): void {
    this.#ids = this.#ids.filter((one) => one !== id)
    const client = this.#client
    client?.query('select pg_advisory_unlock(hashtextextended($1, 0))', [id]).catch(() => {
      this.#lose(client)
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'leadyard worker life',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true
    })
    client.on('error', (error) => {
      this.#onError(error)
      this.#lose(client)
    })
    try {
      await client.connect()
      await inTime(
        client.query("select set_config('idle_session_timeout', $1, false)", [
          String(this.#times.silenceMs)
        ])
      )
      // Not awaited: after a loss, the server may need a while to let the old connection's lock go.
      for (const id of this.#ids)
        this.#lock(client, id).catch(() => {
          this.#lose(client)
        })
      this.#client = client
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
  }

  async #lock(client: pg.Client, id: string): Promise<void> {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [id])
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = null
    client.end().catch(() => undefined)
  }

  #beatLater(): void {
    if (this.#isClosed) return
    const wait = this.#client ? this.#times.beatMs : Math.min(this.#times.beatMs, 500)
    this.#timer = setTimeout(() => {
      this.#beat()
        .catch(this.#onError)
        .finally(() => {
          this.#beatLater()
        })
    }, wait)
  }

  async #beat(): Promise<void> {
    const client = this.#client
    if (!client) {
      await this.#connect()
      return
    }
    try {
      await inTime(client.query('select 1'))
    } catch (error) {
      this.#lose(client)
      throw error
    }
  }
}

/** Rejects when the response is late. The connection itself has no such limit: taking a lock may last. */
async function inTime(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const isLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the connection that shows the worker lives does not answer'))
    }, DATABASE_LIMITS.queryMs).unref()
  })
  try {
    await Promise.race([answer, isLate])
  } finally {
    clearTimeout(timer)
  }
}
