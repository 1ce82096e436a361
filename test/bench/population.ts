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

/**
 * Fills an empty, migrated database: dealers as the program makes them, clients and leads by SQL.
 * The first dealer has a twentieth of all leads, the others share the rest.
 *
 * `owner` must be a superuser, whom row security does not concern. Needs PostgreSQL 18 (`uuidv7`).
 */
export async function populate(
  db: Database,
  owner: pg.Client,
  { dealers, clients, leads }: PopulationSize
): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < dealers; n++) {
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
  await owner.query('set synchronous_commit = off')
  await owner.query('set session_replication_role = replica')
  await insertClients(owner, ids, clients)
  await insertLeads(owner, ids, leads)
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum (analyze)')
  await owner.query('checkpoint')
  return ids
}

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

async function insertLeads(owner: pg.Client, dealers: string[], count: number): Promise<void> {
  await owner.query(
    `insert into payloads (dealer_id, id, content_type, body, created_at)
    select d, d, 'application/json', '{}', now() from unnest($1::uuid[]) d`,
    [dealers]
  )
  const batch = 100_000
  for (let from = 1; from <= count; from += batch) {
    const to = Math.min(count, from + batch - 1)
    await owner.query(
      `with made as (
        select g, ($1::uuid[])[case when g % 20 = 0 then 1
            else 2 + g % (cardinality($1::uuid[]) - 1) end] as dealer,
          now() - ($4::int - g) * interval '30 seconds' as at,
          uuidv7(-(($4::int - g) * interval '30 seconds')) as id
        from generate_series($2::int, $3::int) g
      ), lead as (
        insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, queue_id,
          is_test, display_name, content, payload_id, version, received_at, updated_at)
        select m.dealer, m.id, 'inquiry', s.id, t.id, m.at, q.id, false, 'Ann Lee',
          replace(replace($5, 'EMAIL', 'l' || g), '601000000', '602' || lpad((g % 1000000)::text, 6, '0'))::jsonb,
          m.dealer, 1, m.at, m.at
        from made m
        join sources s on s.dealer_id = m.dealer
          and s.key = (array['website', 'portal', 'phone', 'walk-in', 'webinar'])[1 + g % 5]
        join statuses t on t.dealer_id = m.dealer
          and t."group" = (array['new', 'working', 'qualified', 'sold', 'lost'])[1 + (g / 7) % 5]
        join queues q on q.dealer_id = m.dealer and q.is_default
      )
      insert into match_keys (dealer_id, key, record_type, record_id)
      select dealer, k, 'lead', id from made cross join lateral (values
        ('e:l' || g || '@example.com'), ('p:+48602' || lpad((g % 1000000)::text, 6, '0')),
        ('n:ann'), ('n:lee')) v(k)`,
      [dealers, from, to, count, JSON.stringify(storedContent())]
    )
  }
}
