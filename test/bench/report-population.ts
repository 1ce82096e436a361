import type pg from 'pg'

import type { Database } from '../../src/database/client.ts'
import { SYSTEM_ACTOR } from '../../src/domain/events/event.ts'
import { foundDealer } from '../../src/use-cases/dealers/found-dealer.ts'
import { storedContent } from './population.ts'

/** How many months the leads of a benchmark of reports are spread over, evenly. */
export const REPORT_MONTHS = 36

const BATCH = 100_000
const USERS = 20
const PROMOTERS = 100

/**
 * Fills an empty, migrated database with one dealer and what its reports look at: leads over three
 * years, about as much of everything as people do about them, and what sources cost. Nothing is
 * random, so that two runs count the same.
 *
 * `owner` must be a superuser, whom row security does not concern. Needs PostgreSQL 18 (`uuidv7`).
 */
export async function populateReports(
  db: Database,
  owner: pg.Client,
  leads: number
): Promise<{ dealerId: string; ownerId: string }> {
  const { dealer, ownerId } = await foundDealer(db, {
    incoming: {
      name: 'Dealer',
      slug: 'dealer',
      locale: 'en',
      timeZone: 'Europe/Warsaw',
      country: 'PL',
      currency: 'PLN',
      email: 'hello@dealer.example',
      phone: null,
      url: null,
      address: null,
      owner: { name: 'Owner', email: 'owner@dealer.example', passwordHash: null }
    },
    actor: SYSTEM_ACTOR,
    now: new Date()
  })
  await owner.query('set synchronous_commit = off')
  await owner.query('set session_replication_role = replica')
  await owner.query(PEOPLE.replaceAll('$dealer', `'${dealer.id}'::uuid`))
  for (let from = 1; from <= leads; from += BATCH) {
    const to = Math.min(leads, from + BATCH - 1)
    await owner.query(madeLeads(from, to, leads))
    for (const statement of [LEADS, DONE]) {
      const values = statement.includes('$2')
        ? [dealer.id, JSON.stringify(storedContent())]
        : [dealer.id]
      await owner.query(statement, values)
    }
    await owner.query('drop table made')
  }
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum (analyze)')
  await owner.query('checkpoint')
  return { dealerId: dealer.id, ownerId }
}

const PEOPLE = `
insert into users (dealer_id, id, email, name, role, team, grants, active, created_at, updated_at)
select $dealer, uuidv7(), 'u' || g || '@dealer.example', 'User ' || g, 'member',
  (array['call_center', 'online_sales', 'store_sales'])[1 + g % 3], '{}', true, now(), now()
from generate_series(1, ${USERS}) g;
insert into promoters (dealer_id, id, name, state, created_at, updated_at)
select $dealer, uuidv7(), 'Promoter ' || g, 'active', now(), now()
from generate_series(1, ${PROMOTERS}) g;
insert into referral_links (dealer_id, id, code, promoter_id, active, visits, created_at, updated_at)
select dealer_id, uuidv7(), 'code' || row_number() over (), id, true, 1000, now(), now()
from promoters;
insert into reward_programmes (dealer_id, id, name, points_per_sale, eligible_when, active,
  created_at, updated_at)
values ($dealer, uuidv7(), 'Winter', 500, 'recorded', true, now(), now());
insert into payloads (dealer_id, id, content_type, body, created_at)
values ($dealer, $dealer, 'application/json', '{}', now());
insert into source_costs (dealer_id, source_id, month, amount, created_at, updated_at)
select $dealer, s.id, (date_trunc('month', now()) - m * interval '1 month')::date, 1000 + m,
  now(), now()
from sources s, generate_series(0, ${REPORT_MONTHS}) m`

/** The next leads by number: when they came, and what is decided by their number. */
function madeLeads(from: number, to: number, count: number): string {
  const age = `((${count} - g) * (interval '${REPORT_MONTHS} months' / ${count}))`
  return `create temporary table made as
    with users as (select array_agg(id order by id) as ids from users where role = 'member'),
    sources as (select array_agg(id order by key) as ids from sources),
    links as (select array_agg(id order by id) as ids, array_agg(promoter_id order by id) as promoters
      from referral_links),
    groups as (select jsonb_object_agg("group", id) as ids from statuses)
    select g, uuidv7(-${age}) as id, now() - ${age} as at,
      s.ids[1 + (g * 7) % cardinality(s.ids)] as source_id,
      u.ids[1 + (g * 11) % cardinality(u.ids)] as assignee_id,
      case when g % 20 = 0 then l.ids[1 + g / 20 % cardinality(l.ids)] end as link_id,
      case when g % 20 = 0 then l.promoters[1 + g / 20 % cardinality(l.ids)] end as promoter_id,
      w.word as status_group, (t.ids->>w.word)::uuid as status_id, t.ids as statuses,
      case when w.word in ('linked', 'converted', 'sold')
        then uuidv7(-${age} + interval '1 day') end as client_id,
      u.ids[1 + (g * 17) % cardinality(u.ids)] as other_id
    from generate_series(${from}, ${to}) g
    cross join users u cross join sources s cross join links l cross join groups t
    cross join lateral (select (array['new', 'working', 'working', 'nurturing', 'qualified',
      'qualified', 'unqualified', 'linked', 'converted', 'converted', 'sold', 'lost', 'lost',
      'lost', 'deleted', 'working'])[1 + (g * 13) % 16] as word) w`
}

const LEADS = `
insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, client_id,
  assignee_id, assigned_at, first_assigned_at, is_test, display_name, content, payload_id, promoter_id,
  referral_link_id, respond_by, duplicate_of_id, received_at, updated_at)
select $1::uuid, m.id, 'inquiry', m.source_id, m.status_id, m.at, m.client_id, m.assignee_id, m.at, m.at,
  m.g % 200 = 0, 'Ann Lee',
  replace(replace($2, 'EMAIL', 'l' || m.g), '601000000', '602' || lpad((m.g % 1000000)::text, 6, '0'))::jsonb,
  $1::uuid, m.promoter_id, m.link_id, case when m.g % 50 = 0 then m.at + interval '1 hour' end,
  case when m.g % 9 = 0 then m.id end, m.at, m.at
from made m`

/** One activity a lead on average, and what follows from some. Of moves one in 200 was undone. */
const DONE = `
with told as (
  insert into events (dealer_id, id, type, subject_type, subject_id, lead_id, actor_type, actor_id,
    data, created_at)
  select $1::uuid, uuidv7(m.at - now() + n * interval '1 hour'), 'lead.status_changed', 'lead', m.id,
    m.id, 'user', m.assignee_id, jsonb_build_object('fromGroup', f.word, 'toGroup', t.word,
      'fromStatusId', m.statuses->>f.word, 'toStatusId', m.statuses->>t.word, 'reason', case m.status_group when 'deleted' then
        (array['spam', 'asked twice', 'no longer wanted'])[1 + m.g % 3] end, 'stoodSeconds', 3600 + (m.g % 90000) * 7919 % 90000),
    m.at + n * interval '1 hour'
  from made m cross join generate_series(1, 2) n
  cross join lateral (select case n when 1 then 'new' else 'working' end) f (word)
  cross join lateral (select case n when 1 then 'working' else m.status_group end) t (word)
  where m.status_group <> 'new' and (n = 1 or m.status_group <> 'working')
), given as (
  insert into events (dealer_id, id, type, subject_type, subject_id, lead_id, actor_type, data, created_at)
  select $1::uuid, uuidv7(m.at - now() + n * interval '1 minute'), 'lead.assigned', 'lead', m.id, m.id,
    'system', jsonb_build_object('fromAssigneeId', case n when 2 then m.other_id end,
      'toAssigneeId', case when n = 1 and m.g % 10 = 0 then m.other_id else m.assignee_id end),
    m.at + n * interval '1 minute'
  from made m cross join generate_series(1, 2) n where n = 1 or m.g % 10 = 0
), got as (
  insert into clients (dealer_id, id, display_name, content, created_at, updated_at)
  select $1::uuid, m.client_id, 'Ann Lee', '{}', m.at, m.at from made m where m.client_id is not null
), operated as (
  insert into operations (dealer_id, id, kind, state, lead_id, actor_type, actor_id, recorded,
    undone_at, created_at)
  select $1::uuid, uuidv7(m.at - now() + interval '1 day'),
    case m.status_group when 'linked' then 'link' else 'conversion' end, 'done', m.id, 'user',
    m.assignee_id, '{}', null::timestamptz, m.at + interval '1 day'
  from made m where m.client_id is not null
  union all
  select $1::uuid, uuidv7(m.at - now() + interval '1 hour'), 'status', 'undone', null, 'user',
    m.assignee_id, jsonb_build_object('leads', jsonb_build_array(jsonb_build_object('id', m.id))),
    m.at + interval '90 minutes', m.at + interval '1 hour'
  from made m where m.g % 200 = 1
), called as (
  insert into activities (dealer_id, id, type, state, due_at, done_at, outcome, user_id, lead_id,
    created_at, updated_at)
  select $1::uuid, uuidv7(m.at - now()), 'call', 'done', m.at, m.at + interval '30 minutes',
    (array['reached', 'reached', 'no_answer', 'call_back', 'wrong_number'])[1 + m.g % 5],
    m.assignee_id, m.id, m.at, m.at
  from made m where m.g % 10 < 6
), met as (
  insert into activities (dealer_id, id, type, state, due_at, done_at, outcome, user_id, created_by,
    lead_id, created_at, updated_at)
  select $1::uuid, uuidv7(m.at - now() + interval '1 hour'),
    (array['appointment', 'test_drive', 'visit'])[1 + m.g % 3], s.state, m.at + interval '2 days',
    case s.state when 'done' then m.at + interval '2 days' end, null, m.assignee_id, m.assignee_id,
    m.id, m.at, m.at
  from made m cross join lateral (
    select (array['done', 'done', 'missed', 'cancelled'])[1 + m.g % 4] as state) s
  where m.g % 10 >= 6
), clocked as (
  insert into lead_clocks (dealer_id, lead_id, attempted_at, attempted_working_seconds, attempted_by,
    reached_at, reached_working_seconds, reached_by, updated_at)
  select $1::uuid, m.id, m.at + w.seconds * interval '1 second', w.seconds, m.assignee_id,
    case when m.g % 5 < 2 then m.at + w.seconds * interval '1 second' end,
    case when m.g % 5 < 2 then w.seconds end, case when m.g % 5 < 2 then m.assignee_id end, m.at
  from made m cross join lateral (select 60 + (m.g % 20000) * 7919 % 20000) w (seconds) where m.g % 10 < 6
), asked as (
  insert into qualifications (dealer_id, id, lead_id, result, total, clues, form, form_version,
    actor_type, actor_id, created_at)
  select $1::uuid, uuidv7(m.at - now()), m.id,
    (array['qualified', 'not_yet', 'unqualified'])[1 + m.g % 3], 1, '[]', '{}', 1, 'user',
    m.assignee_id, m.at
  from made m where m.g % 7 = 0
), sold as (
  insert into sales (dealer_id, id, lead_id, status_id, source_id, amount, currency, user_id,
    promoter_id, referral_link_id, operation_id, sold_at, created_at, updated_at)
  select $1::uuid, uuidv7(m.at - now()), m.id, t.id, m.source_id, 50000, 'PLN', m.assignee_id,
    m.promoter_id, m.link_id, m.id, m.at + interval '3 days', m.at, m.at
  from made m join sale_statuses t on t."group" = 'fulfilled'
  where m.status_group = 'sold'
  returning id, promoter_id, created_at
)
insert into rewards (dealer_id, id, sale_id, promoter_id, programme_id, points, eligible_when, state,
  created_at, updated_at)
select $1::uuid, uuidv7(s.created_at - now()), s.id, s.promoter_id, p.id, 500, 'recorded', 'approved',
  s.created_at, s.created_at
from sold s cross join reward_programmes p where s.promoter_id is not null`
