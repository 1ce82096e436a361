import { EventEmitter } from 'node:events'
import { Registry } from 'prom-client'
import t from 'tap'

import { surviveLostDatabase } from '../src/stray-failures.ts'

void t.test('a passing failure of the database that no code handles is counted', async (t) => {
  const process = new EventEmitter()
  const registry = new Registry()
  const logged: unknown[] = []
  const logger = { error: (fields: object) => logged.push(fields) }
  surviveLostDatabase(process, logger, registry)
  const passing = [
    new Error('Connection terminated unexpectedly'),
    new Error('Query read timeout'),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('the database system is shutting down'), { code: '57P01' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  ]
  for (const error of passing) process.emit('unhandledRejection', error)
  t.strictSame(
    logged,
    passing.map((err) => ({ err }))
  )
  t.match(
    await registry.metrics(),
    new RegExp(`leadyard_unhandled_database_failures_total ${passing.length}`)
  )
  for (const error of [new TypeError('x is undefined'), { code: '42P01' }, 'text', undefined]) {
    t.throws(() => process.emit('unhandledRejection', error))
  }
  t.equal(logged.length, passing.length)
})
