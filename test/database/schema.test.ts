import { readFile, readdir } from 'node:fs/promises'

import { is, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { PgArray, PgTable, getTableConfig } from 'drizzle-orm/pg-core'
import t from 'tap'

import { dumpSchema } from '../../src/commands/schema-dump.ts'
import { connect } from '../../src/database/client.ts'
import { migrate } from '../../src/database/migrate.ts'
import * as schema from '../../src/database/schema.ts'
import { loginUrls } from '../../src/database/roles.ts'
import { findUserIdentity } from '../../src/repositories/access/principals.ts'
import { renewStatistics } from '../../src/repositories/imports/statistics.ts'
import { DELIVERY_CODES } from '../../src/domain/reasons/delivery-reasons.ts'
import {
  IMPORT_CODES,
  ROW_REPAIR_CODES,
  UNREADABLE_ROW_CODES
} from '../../src/domain/reasons/import-reasons.ts'
import { PATIENT, asClient, createEmptyDatabase, createTestDatabase } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { rowsOf } from '../support/sql.ts'

void t.test('a migrated database has the schema that is committed', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const committed = await readFile('migrations/schema.sql', 'utf8')
  t.equal(await asClient(ownerUrl, dumpSchema), committed, 'else: npm run db:write')
})

void t.test('a change of any kind shows in the dump', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const changes = [
    'alter table sources add column note text',
    'alter table sources alter column name drop not null',
    'alter table sources add constraint positive check (version > 0)',
    'drop index leads_received',
    'alter table sources set (fillfactor = 90)',
    'alter table sources alter column dealer_id set (n_distinct = 5)',
    'alter table sources force row level security',
    'alter table sources disable row level security',
    "alter policy tenant on sources using (current_setting('app.tenant', true) is null)",
    'grant delete on sources to leadyard_app',
    'grant update (data) on events to leadyard_app',
    'grant execute on function renew_statistics to public',
    "alter function renew_statistics set search_path = ''",
    'grant create on schema directory to leadyard_app',
    'create trigger t before update on sources for each row execute function suppress_redundant_updates_trigger()'
  ]
  await asClient(ownerUrl, async (client) => {
    const before = await dumpSchema(client)
    for (const change of changes) {
      await client.query('begin')
      await client.query(change)
      t.not(await dumpSchema(client), before, change)
      await client.query('rollback')
    }
  })
})

// Guards `enumText`: a table made by `pgTable`, or a column typed by `$type` alone, has no check.
void t.test('every closed list is checked by the database', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const checked = await asClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string; values: string[] }>(
      `select conname as name, array(select (regexp_matches(pg_get_constraintdef(oid), '''(.*?)''::text', 'g'))[1]) as values
       from pg_constraint where contype = 'c' and connamespace = current_schema()::regnamespace`
    )
    return new Map(rows.map(({ name, values }) => [name, values]))
  })
  const lists = Object.values(schema)
    .filter((table) => is(table, PgTable))
    .flatMap((table) => {
      const { name, columns } = getTableConfig(table)
      return columns.flatMap((column): [string, readonly string[]][] => {
        const values = is(column, PgArray) ? column.baseColumn.enumValues : column.enumValues
        return values?.length ? [[`${name}_${toSnakeCase(column.name)}_check`, values]] : []
      })
    })
  t.ok(lists.length >= 50)
  // `codeCheck`: the codes of reasons that are stored as JSON.
  const reasons = Object.entries({
    deliveries_reason_check: DELIVERY_CODES,
    imports_fault_check: IMPORT_CODES,
    import_rows_fault_check: UNREADABLE_ROW_CODES,
    import_rows_repair_check: ROW_REPAIR_CODES
  }).map(([name, codes]): [string, readonly string[]] => [name, ['code', ...codes]])
  t.strictSame(checked, new Map([...lists, ...reasons]))

  const files = await readdir('src/database/schema', { recursive: true })
  for (const name of files.filter((file) => file.endsWith('.ts'))) {
    const source = await readFile(`src/database/schema/${name}`, 'utf8')
    t.notMatch(source, /text\(\)\s*(\.array\(\)\s*)?\.\$type</, name)
  }
  await asClient(ownerUrl, async (client) => {
    const wrong = `insert into users (dealer_id, id, email, name, role, grants, active, created_at, updated_at)
      values ($1, $1, 'a@b.example', 'A', $2, $3, true, now(), now())`
    for (const [role, grants] of [
      ['king', []],
      ['member', ['data.invent']]
    ]) {
      await t.rejects(client.query(wrong, [DEALER, role, grants]), { code: '23514' })
    }
  })
})

void t.test('SQL names no schema but those of the directory and the jobs', async (t) => {
  for (const folder of ['migrations', 'src/database', 'src/repositories', 'src/worker']) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(sql|ts)$/.test(name)) continue
      const text = await readFile(`${folder}/${name}`, 'utf8')
      t.notMatch(text, /\bpublic"?\.[^.]|'public'::reg|schema "?public\b/i, name)
    }
  }
})

// Without a pinned path, whoever may create a table or function could put one in an owner's way.
void t.test('functions that run as the owner have a search path of their own', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const { rows } = await asClient(ownerUrl, (client) =>
    client.query<{ name: string; config: string[] | null }>(
      `select proname as name, proconfig as config from pg_proc where prosecdef
         and pronamespace in (current_schema()::regnamespace, 'directory'::regnamespace)`
    )
  )
  t.ok(rows.length >= 8)
  for (const { name, config } of rows) {
    t.match(config?.join(), /^search_path=(""|\w+, pg_temp)$/, name)
  }
})

// Guards the migrations' unqualified names: with one `public.` in them this database has no such table.
void t.test('the tables may be in any schema', async (t) => {
  const empty = await createEmptyDatabase(t)
  await asClient(empty, (client) => client.query('create schema yard; drop schema public'))
  const url = `${empty}?options=-csearch_path%3Dyard`
  await migrate(url, TEST_SECRET)

  const committed = await readFile('migrations/schema.sql', 'utf8')
  const dump = await asClient(url, dumpSchema)
  // The schema `public` has a grant of its own, which one made by hand has not.
  t.equal(dump, committed.replace('USAGE to PUBLIC, ', ''))

  const db = connect(loginUrls(url, TEST_SECRET).app, {
    max: 2,
    onError: () => undefined,
    waits: PATIENT
  })
  t.equal(await db.findDealerIdBySlug('nobody'), null)
  t.strictSame(await db.listDealerIds(), [])
  t.equal(await findUserIdentity(db, { dealerId: DEALER, userId: DEALER }), null)
  const removed = await db.transaction(DEALER, (tx) =>
    rowsOf(tx, sql`select remove_imported_leads(${DEALER}, array[${DEALER}]::uuid[]) as count`)
  )
  t.strictSame(removed, [{ count: 0 }])
  await renewStatistics(db)
  await db.close()
})

const DEALER = '0197a0b2-0000-7000-8000-000000000001'
