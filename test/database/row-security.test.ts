import t from 'tap'

import { asClient, createTestDatabase } from '../support/database.ts'
import { CLOSED_TABLES, DENIED, REFERENCE_TABLES, tenantTables } from '../support/tenant-tables.ts'

const TENANT = "NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid"

void t.test('every table is under row security, with one policy: the tenant', async (t) => {
  const database = await createTestDatabase(t)
  await asClient(database.ownerUrl, async (client) => {
    const tables = await tenantTables(client)
    const open = tables.filter(({ name }) => !CLOSED_TABLES.includes(name))
    t.ok(open.length > 50, String(open.length))
    const { rows } = await client.query<{ name: string; secured: boolean; policies: object[] }>(
      `select c.oid::regclass::text as name, c.relrowsecurity as secured,
         coalesce((select json_agg(json_build_object('name', p.polname, 'command', p.polcmd,
           'permissive', p.polpermissive,
           'role', array(select case r when 0 then 'everybody' else r::regrole::text end
             from unnest(p.polroles) r),
           'using', pg_get_expr(p.polqual, p.polrelid, true),
           'check', pg_get_expr(p.polwithcheck, p.polrelid, true)) order by p.polname)
           from pg_policy p where p.polrelid = c.oid), '[]') as policies
       from pg_class c where c.oid = any($1::regclass[])`,
      [[...open.map(({ name }) => name), ...REFERENCE_TABLES]]
    )
    const found = new Map(rows.map(({ name, ...rest }) => [name, rest]))
    // No check of its own: what may be seen may be written.
    const policy = {
      name: 'tenant',
      command: '*',
      permissive: true,
      role: ['everybody'],
      check: null
    }
    for (const { name } of open) {
      const policies = [{ ...policy, using: `dealer_id = ${TENANT}` }]
      t.strictSame(found.get(name), { secured: true, policies }, name)
    }
    t.strictSame(found.get('dealers'), {
      secured: true,
      policies: [
        {
          ...policy,
          name: 'operator',
          using: "current_setting('app.operator'::text, true) = 'on'::text"
        },
        { ...policy, using: `id = ${TENANT}` }
      ]
    })
    for (const name of CLOSED_TABLES) {
      t.strictSame(found.get(name), { secured: true, policies: [] }, name)
    }
  })
})

// Guards the worker's look-ups and all dumps: where it were held back, they would find nothing and say nothing.
void t.test('the owner, no superuser, sees the rows of all dealers', async (t) => {
  const database = await createTestDatabase(t)
  await asClient(database.ownerUrl, async (client) => {
    const { rows: owner } = await client.query(
      'select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user'
    )
    t.strictSame(owner, [{ rolsuper: false, rolbypassrls: false, rolcreatedb: false }])
    const { rows: held } = await client.query(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p')
         and row_security_active(c.oid)`
    )
    t.strictSame(held, [])
  })
})

void t.test('the application’s role owns nothing and is above no rule', async (t) => {
  const database = await createTestDatabase(t)
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

void t.test('history can’t be changed, whatever the program does', async (t) => {
  const database = await createTestDatabase(t)
  const tables = await asClient(database.ownerUrl, tenantTables)
  const history = tables
    .filter(({ privileges }) => privileges.join() === 'SELECT,INSERT')
    .map(({ name }) => name)
  t.strictSame(history, [
    'consents',
    'decisions',
    'delivery_attempts',
    'engagements',
    'events',
    'payloads',
    'qualifications',
    'reward_entries',
    'unsubscribe_links'
  ])
  await asClient(database.appUrl, async (client) => {
    for (const table of history) {
      await t.rejects(client.query(`delete from ${table}`), DENIED, `delete ${table}`)
      await t.rejects(
        client.query(`update ${table} set dealer_id = dealer_id`),
        DENIED,
        `update ${table}`
      )
    }
  })
})

void t.test('every key, unique constraint and foreign key includes the dealer', async (t) => {
  const database = await createTestDatabase(t)
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
