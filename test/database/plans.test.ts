import { eq, sql } from 'drizzle-orm'
import t from 'tap'

import type { Transaction } from '../../src/database/client.ts'
import { sources, users } from '../../src/database/schema.ts'
import { createTestApp } from '../support/app.ts'

async function planMode(tx: Transaction): Promise<unknown> {
  const { rows } = await tx.orm.execute(sql`show plan_cache_mode`)
  return rows[0]?.plan_cache_mode
}

/** The names of the connection's statements with this in their text. */
async function namesOf(tx: Transaction, part: string): Promise<unknown[]> {
  const { rows } = await tx.filterOrm.execute(
    sql`select name from pg_prepared_statements
      where position(${part} in statement) > 0 and position('pg_prepared' in statement) = 0`
  )
  return rows.map(({ name }) => name)
}

void t.test('how statements are planned', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { id } = await createDealer()
  const { db } = database

  // A forced generic plan would also be that of statements without a name.
  await t.test(
    'reads leave it to PostgreSQL, reports plan for their values, writes plan once',
    async (t) => {
      t.equal(await db.read(id, planMode), 'auto')
      t.equal(await db.report(id, planMode), 'force_custom_plan')
      t.equal(await db.transaction(id, planMode), 'force_generic_plan')
    }
  )

  await t.test('statements have names, but those of lists with filters', async (t) => {
    await db.read(id, async (tx) => {
      await tx.orm.select({ name: users.name }).from(users).where(eq(users.dealerId, id)).limit(7)
      t.match(await namesOf(tx, 'limit $2'), [/^orm-\d+$/])
      await tx.filterOrm.select({ key: sources.key }).from(sources).where(eq(sources.name, 'x'))
      t.strictSame(await namesOf(tx, '"sources"."name" = '), [])
    })
  })
})
