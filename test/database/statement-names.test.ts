import { sql } from 'drizzle-orm'
import t from 'tap'

import { dealers } from '../../src/database/schema.ts'
import { newId } from '../../src/ids.ts'
import { createTestDatabase } from '../support/database.ts'
import { takeStatementFaults } from '../support/statement-names.ts'

void t.test('statements of the suite', async (t) => {
  const { db } = await createTestDatabase(t)
  const dealerId = newId()

  await t.test('a statement without a name is noted', async (t) => {
    await db.pool.query('select 1 as one')
    t.strictSame(takeStatementFaults(), ['select 1 as one'])
  })

  await t.test('statements of transactions have names', async (t) => {
    await db.read(dealerId, async (tx) => {
      await tx.orm.select({ id: dealers.id }).from(dealers)
      await tx.filterOrm.select({ id: dealers.id }).from(dealers)
    })
    t.strictSame(takeStatementFaults(), [])
  })

  await t.test('a text for each value would be too many names for a connection', async (t) => {
    await db.read(dealerId, async (tx) => {
      for (let number = 0; number < 501; number += 1) {
        await tx.orm.select({ one: sql.raw(String(number)) }).from(dealers)
      }
    })
    t.match(takeStatementFaults()[0], /^50\d names on one connection$/)
  })
})
