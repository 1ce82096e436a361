import type pg from 'pg'

import type { Database } from '../../src/database/client.ts'
import { SYSTEM_ACTOR } from '../../src/domain/events/event.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../../src/domain/leads/empty-lead.ts'
import type { LeadContent } from '../../src/domain/leads/lead.ts'
import { readEmail, readPhone } from '../../src/schemas/leads/contact-point.ts'
import { foundDealer } from '../../src/use-cases/dealers/found-dealer.ts'

/** How much there is in the database before anything is measured. */
export interface PopulationSize {
  dealers: number
  clients: number
  leads: number
}

/** A person by number: the same one wherever the number comes up. */
export const PERSON = {
  email: (n: number | string) => `c${n}@example.com`,
  /** Twelve digits of a range that is valid in the dealers' country, Poland. */
  phone: (n: number) => `+48601${String(n).padStart(6, '0')}`
}

/** What a dealer's website posts, as stored. */
export function storedContent(): LeadContent {
  return {
    ...EMPTY_LEAD,
    contact: {
      ...EMPTY_CONTACT,
      firstName: 'Ann',
      lastName: 'Lee',
      emails: [readEmail('EMAIL@example.com')],
      phones: [readPhone('+48601000000', 'PL')]
    },
    message: 'I am interested in this vehicle, please call me back about price and availability.',
    attribution: { utmSource: 'google', utmMedium: 'cpc' }
  }
}

/** How leads are spread: the first dealer has a twentieth and the others alike, or few have most. */
export type Spread = 'even' | 'skewed'

/**
 * Makes dealers as the program makes them, in a migrated database without any. Returns their ids.
 *
 * `owner` must be a superuser, whom row security does not concern. Needs PostgreSQL 18 (`uuidv7`).
 */
export async function addDealers(db: Database, owner: pg.Client, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const { dealer } = await foundDealer(db, {
      incoming: {
        name: `Dealer ${n}`,
        slug: `dealer-${n}`,
        locale: 'en',
        timeZone: 'Europe/Warsaw',
        country: 'PL',
        currency: 'PLN',
        email: 'hello@dealer.example',
        phone: null,
        url: null,
        address: null,
        settings: { leadAddress: 'leads@dealer.example', adfAddress: 'adf@dealer.example' },
        owner: { name: 'Owner', email: 'owner@dealer.example', passwordHash: null }
      },
      actor: SYSTEM_ACTOR,
      now: new Date()
    })
    ids.push(dealer.id)
  }
  // A lead's payload is that of its dealer: what was received is not what is measured.
  await owner.query(
    `insert into payloads (dealer_id, id, content_type, body, created_at)
    select d, d, 'application/json', '{}', now() from unnest($1::uuid[]) d`,
    [ids]
  )
  return ids
}

/** Adds clients by SQL, dealer by dealer in turn. */
export async function addClients(owner: pg.Client, dealers: string[], count: number) {
  await withoutTriggers(owner, () => insertClients(owner, dealers, count))
}

/** Adds the leads of these numbers by SQL. A larger number is older, by half a minute each. */
export async function addLeads(
  owner: pg.Client,
  dealers: string[],
  { first, last, spread }: { first: number; last: number; spread: Spread }
): Promise<void> {
  const insert = async () => {
    for (let to = last; to >= first; to -= BATCH) {
      await insertLeads(owner, dealers, {
        first: Math.max(first, to - BATCH + 1),
        last: to,
        spread
      })
    }
  }
  await withoutTriggers(owner, async () => {
    await (last - first < BATCH ? insert() : withoutIndexes(owner, insert))
    await owner.query(COUNTS)
  })
  await owner.query('vacuum (analyze)')
  await owner.query('checkpoint')
}

/** How many leads a statement adds. */
const BATCH = 100_000

/**
 * Does the work without the indexes of the tables that it fills, and makes them anew: that takes a part of the
 * time of entries one by one. Keys that others refer to stay.
 */
async function withoutIndexes(owner: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await owner.query<{ drop: string; create: string }>(INDEXES)
  for (const { drop } of rows) await owner.query(drop)
  await work()
  await owner.query("set maintenance_work_mem = '1GB'")
  for (const { create } of rows) await owner.query(create)
}

const INDEXES = `
select case when k.oid is null then format('drop index %s', i.indexrelid::regclass)
    else format('alter table %s drop constraint %I', i.indrelid::regclass, k.conname) end as drop,
  case when k.oid is null then pg_get_indexdef(i.indexrelid)
    else format('alter table %s add constraint %I %s', i.indrelid::regclass, k.conname,
      pg_get_constraintdef(k.oid)) end as create
from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
where i.indrelid in ('leads'::regclass, 'match_keys'::regclass)
  and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')`

async function withoutTriggers(owner: pg.Client, work: () => Promise<void>): Promise<void> {
  await owner.query('set synchronous_commit = off')
  await owner.query('set session_replication_role = replica')
  await work()
  await owner.query('set session_replication_role = origin')
}

/** What a trigger would have kept. */
const COUNTS = `
truncate lead_counts;
insert into lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type,
  is_test, is_quarantined, leads)
select dealer_id, status_id, source_id, assignee_id, case when client_id is null then queue_id end,
  temperature, type, is_test, quarantine_reason is not null, count(*)
from leads group by 1, 2, 3, 4, 5, 6, 7, 8, 9`

async function insertClients(owner: pg.Client, dealers: string[], count: number): Promise<void> {
  const { contact } = storedContent()
  const content = JSON.stringify({
    contact,
    description: null,
    vehicleInterests: [],
    consents: [],
    customFields: {}
  })
  await owner.query(
    `with made as (
      select g, ($1::uuid[])[1 + g % cardinality($1::uuid[])] as dealer, uuidv7() as id
      from generate_series(1, $2::int) g
    ), client as (
      insert into clients (dealer_id, id, display_name, content, version, created_at, updated_at)
      select dealer, id, 'Ann Lee', replace(replace($3, 'EMAIL', 'c' || g), '601000000',
        '601' || lpad(g::text, 6, '0'))::jsonb, 1, now(), now() from made
    )
    insert into match_keys (dealer_id, key, record_type, record_id)
    select dealer, k, 'client', id from made cross join lateral (values
      ('e:c' || g || '@example.com'), ('p:+48601' || lpad(g::text, 6, '0')), ('n:ann'), ('n:lee')) v(k)`,
    [dealers, count, content]
  )
}

/** The place of lead `g`'s dealer in the list `$1`, counted from 1. */
const DEALER_OF: Record<Spread, string> = {
  even: `case when g % 20 = 0 or cardinality($1::uuid[]) = 1 then 1
    else 2 + g % (cardinality($1::uuid[]) - 1) end`,
  // Of 1,000 dealers the first has a tenth of the leads, and the last has three in ten thousand.
  skewed: `1 + floor(cardinality($1::uuid[]) * power((g * 7919 % 100003) / 100003.0, 3))::int`
}

async function insertLeads(
  owner: pg.Client,
  dealers: string[],
  { first, last, spread }: { first: number; last: number; spread: Spread }
): Promise<void> {
  await owner.query(
    `with made as (
      select g, ($1::uuid[])[${DEALER_OF[spread]}] as dealer,
        now() - g * interval '30 seconds' as at, uuidv7(-(g * interval '30 seconds')) as id
      from generate_series($3::bigint, $2::bigint, -1) g
    ), lead as (
      insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, queue_id,
        is_test, display_name, content, payload_id, version, received_at, updated_at)
      select m.dealer, m.id, 'inquiry', s.id, t.id, m.at, q.id, false, 'Ann Lee',
        replace(replace($4, 'EMAIL', 'l' || g), '601000000', '602' || lpad((g % 1000000)::text, 6, '0'))::jsonb,
        m.dealer, 1, m.at, m.at
      from made m
      join sources s on s.dealer_id = m.dealer
        and s.key = (array['website', 'portal', 'phone', 'walk-in', 'webinar'])[1 + g % 5]
      join statuses t on t.dealer_id = m.dealer
        and t."group" = (array['new', 'working', 'qualified', 'sold', 'lost'])[1 + (g / 7) % 5]
      join queues q on q.dealer_id = m.dealer and q.is_default
      order by g desc
    )
    insert into match_keys (dealer_id, key, record_type, record_id)
    select dealer, k, 'lead', id from made cross join lateral (values
      ('e:l' || g || '@example.com'), ('p:+48602' || lpad((g % 1000000)::text, 6, '0')),
      ('n:ann'), ('n:lee')) v(k)`,
    [dealers, first, last, JSON.stringify(storedContent())]
  )
}
