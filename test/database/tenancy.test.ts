import { sql } from 'drizzle-orm'
import t from 'tap'
import type pg from 'pg'

import { connect } from '../../src/database/client.ts'
import { createTestApp } from '../support/app.ts'
import { PATIENT, asClient } from '../support/database.ts'
import { rowsOf } from '../support/sql.ts'
import { createFullDealer } from '../support/tenant-rows.ts'
import { CLOSED_TABLES, DENIED, tenantTables } from '../support/tenant-tables.ts'

/** Row security's refusal. */
const REFUSED = { code: '42501', message: /violates row-level security policy/ }

void t.test('tenancy', async (t) => {
  const app = await createTestApp(t)
  const { database } = app
  const [ours, theirs] = await Promise.all([
    createFullDealer(app, 'ours'),
    createFullDealer(app, 'theirs')
  ])
  const [one, other] = [ours.dealer, theirs.dealer]
  const tables = await asClient(database.ownerUrl, tenantTables)
  const open = tables.filter(({ name }) => !CLOSED_TABLES.includes(name))

  /** A connection of the application, with this dealer as its tenant, or with none. */
  const asApp = async <T>(tenant: string | null, work: (client: pg.Client) => Promise<T>) =>
    await asClient(database.appUrl, async (client) => {
      if (tenant !== null)
        await client.query("select set_config('app.tenant', $1, false)", [tenant])
      return await work(client)
    })

  // What the other subtests do not see must be there: a table without rows would prove nothing.
  await t.test('every table has a row of each of two dealers', async (t) => {
    t.ok(tables.length > 50, String(tables.length))
    await asClient(database.ownerUrl, async (client) => {
      for (const { name } of tables) {
        for (const { id } of [one, other]) {
          t.not(await count(client, `${name} where dealer_id = '${id}'`), 0, `${name}: add a row`)
        }
      }
    })
  })

  await t.test('without a tenant the application sees no row, and writes none', async (t) => {
    // The setting is null at first, and empty after a transaction that had a tenant.
    for (const tenant of [null, '']) {
      await asApp(tenant, async (client) => {
        for (const { name, columns } of open) {
          t.equal(await count(client, name), 0, name)
          const values = columns.map((column) => (column === 'dealer_id' ? `'${one.id}'` : 'null'))
          await t.rejects(
            client.query(`insert into ${name} (${columns.join()}) values (${values.join()})`),
            REFUSED,
            name
          )
        }
        t.equal(await count(client, 'dealers'), 0)
        for (const name of CLOSED_TABLES) await t.rejects(count(client, name), DENIED, name)
      })
    }
  })

  await t.test('the operator’s setting opens no table but the dealers', async (t) => {
    await asApp(null, async (client) => {
      await client.query("select set_config('app.operator', 'on', false)")
      for (const { name } of open) t.equal(await count(client, name), 0, name)
      t.ok((await count(client, 'dealers')) >= 2)
    })
  })

  await t.test('with a tenant it sees that dealer’s rows only', async (t) => {
    await asApp(one.id, async (client) => {
      for (const { name } of open) {
        t.not(await count(client, name), 0, name)
        t.equal(await count(client, `${name} where dealer_id <> '${one.id}'`), 0, name)
      }
      t.equal(await count(client, 'dealers'), 1)
    })
  })

  await t.test('a row of another dealer can’t be written, not even a copy of one', async (t) => {
    await asApp(one.id, async (client) => {
      for (const { name, columns } of open) {
        const list = columns.join()
        const copy = `insert into ${name} (${list}) select ${list} from ${name}`
        const taken = await client.query(`${copy} where dealer_id = '${other.id}'`)
        t.equal(taken.rowCount, 0, `${name}: theirs can't be read`)
        const given = columns.map((column) => (column === 'dealer_id' ? `'${other.id}'` : column))
        await t.rejects(
          client.query(`insert into ${name} (${list}) select ${given.join()} from ${name} limit 1`),
          REFUSED,
          `${name}: ours can't become theirs`
        )
      }
    })
  })

  await t.test('a row of another dealer can’t be changed, removed or taken', async (t) => {
    await asApp(one.id, async (client) => {
      for (const { name, privileges } of open) {
        const change = `update ${name} set dealer_id = dealer_id where dealer_id = '${other.id}'`
        const remove = `delete from ${name} where dealer_id = '${other.id}'`
        const give = `update ${name} set dealer_id = '${other.id}'`
        if (privileges.includes('UPDATE')) {
          t.equal((await client.query(change)).rowCount, 0, name)
          await t.rejects(client.query(give), REFUSED, name)
        } else {
          await t.rejects(client.query(change), DENIED, name)
        }
        if (privileges.includes('DELETE')) t.equal((await client.query(remove)).rowCount, 0, name)
        else await t.rejects(client.query(remove), DENIED, name)
      }
    })
  })

  await t.test('functions that run as the owner reach no other dealer either', async (t) => {
    const { rows: functions } = await asClient(database.ownerUrl, (client) =>
      client.query<{ name: string }>(
        `select p.oid::regproc::text as name from pg_proc p where p.prosecdef
           and p.pronamespace in ('directory'::regnamespace, current_schema()::regnamespace) order by 1`
      )
    )
    t.strictSame(
      functions.map(({ name }) => name),
      [
        'delivery_figures',
        'directory.claim_operator_key',
        'directory.claim_referral_code',
        'directory.dealer_by_operator_key',
        'directory.dealer_by_referral_code',
        'directory.dealer_by_slug',
        'directory.dealer_ids',
        'directory.delivery_delay',
        'directory.enqueue_task',
        'directory.forget_counted',
        'directory.give_counted',
        'directory.is_api_origin',
        'directory.take_counted',
        'due_deliveries',
        'forget_history',
        'remove_imported_leads',
        'renew_statistics'
      ],
      'a new one needs its line here'
    )
    const imported = await asClient(database.ownerUrl, (client) =>
      client.query<{ id: string; import_id: string }>(
        'select id, import_id from leads where dealer_id = $1 and import_id is not null',
        [other.id]
      )
    )
    const [lead] = imported.rows
    t.ok(lead, 'they have an imported lead')
    const values = [lead?.import_id, [lead?.id]]
    await asApp(one.id, async (client) => {
      const { rows } = await client.query('select remove_imported_leads($1, $2) as count', values)
      t.strictSame(rows, [{ count: 0 }])
    })
    await asApp(null, async (client) => {
      const { rows } = await client.query('select remove_imported_leads($1, $2) as count', values)
      t.strictSame(rows, [{ count: 0 }])
      for (const what of ['messages', 'payloads', 'notifications', 'digests']) {
        const { rows: looked } = await client.query(
          "select looked from forget_history($1, now(), '00000000-0000-0000-0000-000000000000', 9)",
          [what]
        )
        t.strictSame(looked, [{ looked: 0 }])
      }
      await t.rejects(client.query("select directory.claim_referral_code('free1234')"))
      await t.rejects(client.query("select due_deliveries(1, 1, '{}')"), DENIED)
      await t.rejects(client.query('select delivery_figures(1)'), DENIED)
      await t.rejects(client.query("select directory.claim_operator_key('a key', now(), now())"))
      await t.rejects(client.query("select directory.enqueue_task('import', $1)", [lead?.id]))
    })
    t.equal((await other.admin('GET', `/v1/leads/${lead?.id}`)).status, 200)
  })

  await t.test('the worker’s role may read no dealer’s rows at all', async (t) => {
    await asClient(database.workerUrl, async (client) => {
      for (const name of [...tables.map((table) => table.name), 'dealers']) {
        await t.rejects(count(client, name), DENIED, name)
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
        return rows.length > 0 && rows.every((row) => row.dealer_id === id)
      })
    )
    await db.pool.end()
    t.equal(seen.filter((isOwn) => isOwn).length, 200)
  })
})

/** How many rows are visible on this connection. A table that may not be read is a failure. */
async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int from ${table}`)
  const [row] = rows
  if (row === undefined) throw new Error('nothing was counted')
  return row.count
}
