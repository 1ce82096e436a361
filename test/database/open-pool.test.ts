import t from 'tap'

import { openPool } from '../../src/database/open-pool.ts'
import { createEmptyDatabase } from '../support/database.ts'
import { startProxy } from '../support/tcp-proxy.ts'

// Without the end of the dead connection, the pool lends it again and again.
void t.test('a connection that does not respond in time is not lent again', async (t) => {
  const url = new URL(await createEmptyDatabase(t))
  const proxy = await startProxy(t, Number(url.port))
  url.port = String(proxy.port)
  const pool = openPool({ connectionString: url.href, max: 1, query_timeout: 300 }, () => undefined)
  t.teardown(() => pool.end())
  const borrow = async () => {
    const client = await pool.connect()
    try {
      return (await client.query<{ one: number }>('select 1 as one')).rows
    } finally {
      client.release()
    }
  }
  t.strictSame(await borrow(), [{ one: 1 }])
  proxy.freeze()
  await t.rejects(borrow())
  proxy.thaw()
  t.strictSame(await borrow(), [{ one: 1 }])
})

void t.test('without names nothing stays on a connection', async (t) => {
  const connectionString = await createEmptyDatabase(t)
  const plansAfter = async (namedStatements: boolean) => {
    const pool = openPool({ connectionString, max: 1, namedStatements }, () => undefined)
    const { rows } = await pool.query({
      name: 'one',
      text: 'select $1::text as one',
      values: ['1']
    })
    t.strictSame(rows, [{ one: '1' }])
    const plans = await pool.query<{ name: string }>('select name from pg_prepared_statements')
    await pool.end()
    return plans.rows
  }
  t.strictSame(await plansAfter(true), [{ name: 'one' }])
  t.strictSame(await plansAfter(false), [])
})
