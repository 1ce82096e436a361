import pg from 'pg'

/** Opens a pool whose connections, when they are lost, take nothing else with them. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...config, keepAlive: true })
  // Without listeners a connection that dies ends the process: while idle by the pool's event,
  // between two statements of a transaction by its own.
  pool.on('error', onError)
  pool.on('connect', (client) => {
    client.on('error', onError)
  })
  return pool
}
