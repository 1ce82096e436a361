import { sql } from 'drizzle-orm'
import t from 'tap'

import { readLeads } from '../../src/repositories/leads/lead-rows.ts'
import { asClient, createTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/app.ts'

const OFTEN_INSERTED = {
  autovacuum_vacuum_insert_threshold: '100000',
  autovacuum_vacuum_insert_scale_factor: '0'
}
const FROZEN_AT_ONCE = { ...OFTEN_INSERTED, autovacuum_freeze_min_age: '0' }
const FRESH_STATISTICS = { autovacuum_analyze_scale_factor: '0.02' }
const FEW_DEAD = { autovacuum_vacuum_scale_factor: '0.02' }

/** Tables in which few records of a dealer are looked up by ids, and whose other indexes end in the id. */
const LARGE = [
  'accounts',
  'activities',
  'clients',
  'deliveries',
  'leads',
  'notifications',
  'opportunities',
  'sales'
]

/** How a table is stored, where that is not PostgreSQL's usual way, and why. */
const STORED: Record<string, { why: string; options: Record<string, string> }> = {
  events: {
    why: 'only added; reports read indexes only, whose rows vacuum must have marked; filtered by time',
    options: { ...FROZEN_AT_ONCE, ...FRESH_STATISTICS }
  },
  decisions: { why: 'only added', options: FROZEN_AT_ONCE },
  match_keys: {
    why: 'added, changed with a contact; searches estimate ranges of keys',
    options: { ...FROZEN_AT_ONCE, ...FRESH_STATISTICS }
  },
  person_keys: {
    why: 'added, changed with a contact; look-ups of people read ranges of keys',
    options: { ...FROZEN_AT_ONCE, ...FRESH_STATISTICS }
  },
  person_forms: { why: 'added, changed with a contact', options: FROZEN_AT_ONCE },
  payloads: { why: 'added, and pruned', options: { ...FROZEN_AT_ONCE, ...FEW_DEAD } },
  delivery_messages: { why: 'added, and pruned', options: { ...FROZEN_AT_ONCE, ...FEW_DEAD } },
  delivery_attempts: { why: 'added, and pruned', options: { ...FROZEN_AT_ONCE, ...FEW_DEAD } },
  notifications: {
    why: 'added, read once, and pruned',
    options: { ...OFTEN_INSERTED, ...FEW_DEAD }
  },
  leads: {
    why: 'no update is heap-only, so dead rows stand in thirty indexes; reports read an index only',
    options: { ...OFTEN_INSERTED, ...FEW_DEAD, ...FRESH_STATISTICS }
  },
  deliveries: {
    why: 'a queue: two or three updates of each row, soon after it came',
    options: { ...OFTEN_INSERTED, ...FEW_DEAD, ...FRESH_STATISTICS }
  },
  lead_counts: {
    why: 'a row a change, folded every minute; counts read all of a dealer',
    options: {
      autovacuum_vacuum_scale_factor: '0',
      autovacuum_vacuum_threshold: '2000',
      autovacuum_vacuum_cost_delay: '0'
    }
  },
  idempotency_keys: {
    why: 'all rows go within a day or so',
    options: { autovacuum_vacuum_scale_factor: '0.05' }
  },
  api_keys: { why: 'the time of the last use', options: { fillfactor: '70' } },
  referral_links: { why: 'a counter of visits', options: { fillfactor: '70' } },
  assignment_turns: {
    why: 'a few rows, one of which most captures change',
    options: {
      fillfactor: '50',
      autovacuum_vacuum_scale_factor: '0',
      autovacuum_vacuum_threshold: '500'
    }
  },
  lead_clocks: {
    why: 'changed up to three times, soon after it came',
    options: { fillfactor: '85', ...FEW_DEAD }
  },
  'directory.counted': {
    why: 'counters of limits',
    options: {
      fillfactor: '50',
      autovacuum_vacuum_scale_factor: '0',
      autovacuum_vacuum_threshold: '1000'
    }
  }
}

void t.test('a table is stored in another way than usual for a reason', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const { rows } = await asClient(ownerUrl, (client) =>
    client.query<{ name: string; options: string[] }>(
      `select oid::regclass::text as name, reloptions as options from pg_class
       where relkind in ('r', 'p') and reloptions is not null
         and relnamespace in (current_schema()::regnamespace, 'directory'::regnamespace)`
    )
  )
  const found = rows.map(({ name, options }) => [
    name,
    Object.fromEntries(options.map((option) => option.split('=')))
  ])
  t.strictSame(
    Object.fromEntries(found),
    Object.fromEntries(Object.entries(STORED).map(([name, { options }]) => [name, options]))
  )
})

void t.test('plans for all dealers are made for a large one', async (t) => {
  const { ownerUrl } = await createTestDatabase(t)
  const { rows } = await asClient(ownerUrl, (client) =>
    client.query<{ name: string; options: string[] }>(
      `select attrelid::regclass::text as name, attname, attoptions as options from pg_attribute
       where attoptions is not null and attrelid in (select oid from pg_class
         where relnamespace = current_schema()::regnamespace) order by 1`
    )
  )
  t.strictSame(
    rows,
    [...LARGE].map((name) => ({ name, attname: 'dealer_id', options: ['n_distinct=20'] }))
  )
})

// Guards what the test before and `rowsWith` in lead-rows.ts are for: where most dealers have few leads, a plan
// for all of them went through all entries of the largest one for each lead.
void t.test('a few leads of a very large dealer are found by their ids', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const large = await createDealer()
  const { body } = await large.admin('POST', '/v1/leads', {
    source: 'website',
    contact: { fullName: 'Ada Łoś', email: 'ada@example.test' }
  })
  await asClient(database.superuserUrl, async (client) => {
    await client.query('set session_replication_role = replica')
    const { rows: columns } = await client.query<{ list: string; values: string }>(
      `select string_agg(quote_ident(attname), ', ') as list,
         string_agg(case attname when 'updated_at' then 'now() - n * interval ''1 minute'''
           else quote_ident(attname) end, ', ') as values
       from pg_attribute where attrelid = 'leads'::regclass and attnum > 0 and attgenerated = ''
         and attname not in ('dealer_id', 'id')`
    )
    const { list = '', values = '' } = columns[0] ?? {}
    // One of the other indexes is enough, and faster to fill.
    const { rows: others } = await client.query<{ indexname: string }>(
      `select indexname from pg_indexes where tablename = 'leads'
         and indexname not in ('leads_dealer_id_id_pk', 'leads_updated')`
    )
    await client.query(`drop index ${others.map(({ indexname }) => indexname).join()}`)
    // 300 dealers with ten leads, and one with 50,000.
    await client.query(
      `with few as (select gen_random_uuid() as d from generate_series(1, 300))
       insert into leads (dealer_id, id, ${list})
       select k.d, gen_random_uuid(), ${values} from leads cross join (
         select d, n from few, generate_series(1, 10) n
         union all select $1::uuid, n from generate_series(1, 50000) n) k
       where id = $2`,
      [large.id, body.id]
    )
    await client.query('vacuum analyze leads')
  })
  await database.db.transaction(large.id, async (tx) => {
    const blocksOf = async (execution: string) => {
      const { rows } = await tx.orm.execute<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        sql.raw(`explain (analyze, buffers, format json) execute ${execution}`)
      )
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
      return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
    }
    t.equal((await readLeads(tx, [body.id])).length, 1)
    await tx.orm.execute(
      sql`prepare by_ids (uuid, uuid[]) as select version from leads where dealer_id = $1 and id = any($2)`
    )
    const read = await blocksOf(`"read-leads" ('{${body.id}}', '${large.id}')`)
    t.ok(read > 0 && read < 15, `read with ${read} blocks`)
    const found = await blocksOf(`by_ids ('${large.id}', '{${body.id}}')`)
    t.ok(found > 0 && found < 15, `found with ${found} blocks`)
    await tx.orm.execute(sql`deallocate by_ids`)
  })
})

// Guards the indexes of these tables: one that has a counter makes each count an entry in every index.
void t.test('counters are updated in their page, and in no index', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const { body: lead } = await dealer.admin('POST', '/v1/leads', {
    source: 'website',
    contact: { fullName: 'Ada Łoś', email: 'ada@example.test' }
  })
  await dealer.admin('POST', '/v1/referral-links', { label: 'Fair', userId: dealer.ownerId })
  const updates = {
    api_keys: 'last_used_at = now()',
    referral_links: 'visits = visits + 1, last_visit_at = now()',
    assignment_turns: `credits = '{"a": 1}', last_user_id = null`,
    lead_clocks: 'attempted_at = now(), updated_at = now()',
    'directory.counted': 'taken = taken + 1, granted = 1, ends_at = now()'
  }
  await asClient(database.ownerUrl, async (client) => {
    await client.query(
      `insert into assignment_turns (dealer_id, entry_id, credits) values ($1, gen_random_uuid(), '{}')`,
      [dealer.id]
    )
    await client.query(
      `insert into lead_clocks (dealer_id, lead_id, updated_at) values ($1, $2, now()) on conflict do nothing`,
      [dealer.id, lead.id]
    )
    await client.query(`select directory.take_counted('k', 1, 10, 60)`)
    for (const [table, change] of Object.entries(updates)) {
      await client.query('begin')
      const { rowCount } = await client.query(`update ${table} set ${change}`)
      const { rows } = await client.query<{ hot: number }>(
        'select pg_stat_get_xact_tuples_hot_updated($1::regclass)::int as hot',
        [table]
      )
      await client.query('rollback')
      t.ok((rowCount ?? 0) > 0, `${table} has rows`)
      t.equal(rows[0]?.hot, rowCount, table)
    }
  })
})
