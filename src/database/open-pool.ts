import pg from 'pg'

import { isLateResponse } from './failures.ts'

interface PoolOptions extends pg.PoolConfig {
  /** Whether statements keep their names; true unless said. */
  namedStatements?: boolean
}

/** Opens a pool whose connections, when they are lost, take nothing else with them. */
export function openPool(config: PoolOptions, onError: (error: Error) => void): pg.Pool {
  const options: PoolOptions = { ...config, keepAlive: true, Client: EndingClient }
  const pool = new pg.Pool(options)
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
  constructor(config?: pg.ClientConfig & Pick<PoolOptions, 'namedStatements'>) {
    super(config)
    const adapt = config?.namedStatements === false ? withoutName : asGiven
    this.query = ((...given: unknown[]) => {
      const response = (super.query as Query).apply(this, adapt(given))
      return response instanceof Promise ? response.catch(this.#endWhereLate) : response
    }) as typeof this.query
  }

  readonly #endWhereLate = (error: unknown): never => {
    if (isLateResponse(error)) this.end().catch(() => undefined)
    throw error
  }
}

const asGiven: (given: unknown[]) => unknown[] = (given) => given

/** Names belong to a connection of PostgreSQL: some poolers give each transaction another one. */
function withoutName([first, ...rest]: unknown[]): unknown[] {
  if (typeof first !== 'object' || first === null || !('name' in first)) return [first, ...rest]
  const { name: _name, ...nameless } = first
  return [nameless, ...rest]
}
