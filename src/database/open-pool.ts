import pg from 'pg'

import { isLateResponse } from './failures.ts'

/** Opens a pool whose connections, when they are lost, take nothing else with them. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...config, keepAlive: true, Client: EndingClient })
  // Without listeners a connection that dies ends the process: while idle by the pool's event,
  // between two statements of a transaction by its own.
  pool.on('error', onError)
  pool.on('connect', (client) => {
    client.on('error', onError)
  })
  return pool
}

type Query = (...given: unknown[]) => unknown

/**
 * A client that ends its connection when a response is later than `query_timeout`: the connection is
 * dead. A pool would lend it to the next caller first, and every caller would wait as long.
 */
class EndingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    this.query = ((...given: unknown[]) => {
      const response = (super.query as Query).apply(this, given)
      return response instanceof Promise ? response.catch(this.#endWhereLate) : response
    }) as typeof this.query
  }

  readonly #endWhereLate = (error: unknown): never => {
    if (isLateResponse(error)) this.end().catch(() => undefined)
    throw error
  }
}
