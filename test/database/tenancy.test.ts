import { sql } from 'drizzle-orm'
import t from 'tap'
import type pg from 'pg'

import { connect } from '../../src/database/client.ts'
import { createTestApp } from '../support/app.ts'
import { PATIENT, asClient } from '../support/database.ts'
import { rowsOf } from '../support/sql.ts'

/** Tables of no tenant: the tenants themselves, and what must be known before a tenant is. */
const REFERENCE_TABLES = ['dealers', 'directory.referral_codes']

/** Every table that holds a dealer's rows, from the catalog: a new one can't be forgotten. */
async function tenantTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'dealer_id' and not a.attisdropped
     where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
     order by 1`
  )
  return rows.map(({ name }) => name)
}

void t.test('tenancy', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const [one, other] = [await createDealer(), await createDealer()]
  for (const { admin } of [one, other]) {
    await admin('POST', '/v1/leads', {
      source: 'website',
      contact: { fullName: 'Ann Lee', email: 'ann@example.com' }
    })
  }
  const tables = await asClient(database.ownerUrl, tenantTables)

  await t.test('the catalog knows the tables this test is about', async (t) => {
    for (const name of ['leads', 'clients', 'events', 'users', 'match_keys', 'deliveries']) {
      t.ok(tables.includes(name), name)
    }
  })

  await t.test('every tenant table is under forced row security, with a policy', async (t) => {
    await asClient(database.ownerUrl, async (client) => {
      for (const table of [...tables, 'dealers']) {
        const { rows } = await client.query(
          `select relrowsecurity and relforcerowsecurity as forced,
             exists (select from pg_policy where polrelid = c.oid) as "hasPolicy"
           from pg_class c where c.oid = $1::regclass`,
          [table]
        )
        t.strictSame(rows, [{ forced: true, hasPolicy: true }], table)
      }
    })
  })

  await t.test('without a tenant the application sees no row of any', async (t) => {
    await asClient(database.appUrl, async (client) => {
      for (const table of [...tables, 'dealers']) {
        t.equal(await countRows(client, table), 0, table)
      }
    })
  })

  await t.test('with one, only that dealer’s', async (t) => {
    const everybody = await asClient(database.ownerUrl, (client) =>
      countOthers(client, tables, other.id)
    )
    await asClient(database.appUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [one.id])
      const seen = await countOthers(client, tables, other.id)
      t.ok(everybody.leads! > 0, 'there are rows of others to be seen')
      for (const table of tables) t.equal(seen[table], 0, table)
      t.equal(await countRows(client, 'leads'), 1)
      t.equal(await countRows(client, 'dealers'), 1)
    })
  })

  await t.test('a row of another dealer can’t be written', async (t) => {
    await asClient(database.appUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [one.id])
      await t.rejects(
        client.query(
          `insert into payloads (dealer_id, id, content_type, body, created_at)
           values ($1, gen_random_uuid(), 'x', 'x', now())`,
          [other.id]
        ),
        { code: '42501' }
      )
    })
  })

  await t.test('the application’s role owns nothing and is above no rule', async (t) => {
    await asClient(database.appUrl, async (client) => {
      const { rows } = await client.query(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
           (select count(*)::int from pg_class c where pg_has_role(r.oid, c.relowner, 'USAGE')) as owned
         from pg_roles r where rolname = current_user`
      )
      t.strictSame(rows, [
        { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 }
      ])
    })
  })

  await t.test('history can’t be changed, whatever the program does', async (t) => {
    await asClient(database.appUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [one.id])
      for (const table of ['events', 'decisions', 'payloads', 'delivery_attempts']) {
        await t.rejects(client.query(`delete from ${table}`), { code: '42501' }, `delete ${table}`)
        await t.rejects(
          client.query(`update ${table} set dealer_id = dealer_id`),
          { code: '42501' },
          `update ${table}`
        )
      }
    })
  })

  await t.test('every key, unique constraint and foreign key includes the dealer', async (t) => {
    await asClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{
        name: string
        table: string
        target: string | null
        columns: string[]
      }>(
        `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table,
           null as target, array_agg(a.attname::text) as columns
         from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'directory')
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
         where i.indisunique group by 1, 2
         union all
         select k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text, array_agg(a.attname::text)
         from pg_constraint k
         join pg_namespace n on n.oid = k.connamespace and n.nspname in ('public', 'directory')
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
         where k.contype = 'f' group by k.conname, k.conrelid, k.confrelid`
      )
      t.ok(rows.length > 50)
      for (const { name, table, columns } of rows) {
        t.ok(REFERENCE_TABLES.includes(table) || columns.includes('dealer_id'), name)
      }
    })
  })

  await t.test('tenants that share a pool of two connections never see each other', async (t) => {
    const db = connect(database.appUrl, { max: 2, onError: () => undefined, waits: PATIENT })
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { id } = n % 2 === 0 ? one : other
        const rows = await db.transaction(id, (tx) =>
          rowsOf<{ dealer_id: string }>(tx, sql`select dealer_id from leads`)
        )
        return rows.length === 1 && rows[0]?.dealer_id === id
      })
    )
    await db.pool.end()
    t.equal(seen.filter((isOwn) => isOwn).length, 200)
  })
})

/** Rows visible on this connection; a table that may not be read shows none. */
async function countRows(client: pg.Client, table: string): Promise<number> {
  try {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int from ${table}`)
    return rows[0]!.count
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return 0
    throw error
  }
}

async function countOthers(
  client: pg.Client,
  tables: readonly string[],
  dealerId: string
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables)
    counts[table] = await countRows(client, `${table} where dealer_id = '${dealerId}'`)
  return counts
}
