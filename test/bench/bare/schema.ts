import type pg from 'pg'

import type { PopulationSize } from '../population.ts'

/**
 * The least database that a desk for leads needs: 35 plain columns of a lead, two indexes to find a
 * person by, one to list by, and no row security, triggers or checks. Its capture is one function.
 */
const TABLES = `
create table dealers (id int primary key, name text not null);
create table clients (
  id bigint generated always as identity primary key,
  dealer_id int not null references dealers, name text not null, email_key text, phone_key text,
  extra jsonb not null default '{}',
  created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now());
create table rules (
  id int generated always as identity primary key,
  dealer_id int not null references dealers, position int not null, source text, make text,
  area text, user_id int not null, active boolean not null default true);
create table leads (
  id bigint generated always as identity primary key, public_id uuid not null default gen_random_uuid(),
  dealer_id int not null references dealers, client_id bigint references clients,
  duplicate_of_id bigint references leads, user_id int,
  status text not null default 'new', kind text not null default 'sales',
  urgency smallint not null default 0,
  source text not null, channel text not null, campaign text, provider text, provider_ref text,
  first_name text, last_name text, email text, email_key text, phone text, phone_key text,
  postal_code text, city text, country char(2),
  make text, model text, year smallint, trim text, stock_number text, price_cents bigint,
  message text, marketing_consent boolean not null default false, origin jsonb not null default '{}',
  received_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now());
create table history (
  id bigint generated always as identity primary key, lead_id bigint not null references leads,
  event text not null, actor text, data jsonb not null default '{}',
  at timestamptz(3) not null default now());
create table jobs (
  id bigint generated always as identity primary key, kind text not null, lead_id bigint,
  data jsonb not null default '{}', state text not null default 'waiting',
  attempts smallint not null default 0, due_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now());
create function capture(in_dealer int, in_source text, in_first text, in_last text, in_email text,
  in_phone text, in_make text, in_model text, in_year int, in_message text, in_origin jsonb,
  out lead bigint, out client bigint, out duplicate_of bigint)
language plpgsql as $$
declare owner_id int;
begin
  select c.id into client from clients c where c.email_key = in_email limit 1;
  if client is null then
    select c.id into client from clients c where c.phone_key = in_phone limit 1;
  end if;
  select l.id into duplicate_of from leads l
    where l.dealer_id = in_dealer and l.email_key = in_email order by l.id desc limit 1;
  if duplicate_of is null then
    select l.id into duplicate_of from leads l
      where l.dealer_id = in_dealer and l.phone_key = in_phone order by l.id desc limit 1;
  end if;
  select r.user_id into owner_id from rules r
    where r.dealer_id = in_dealer and r.active and (r.source is null or r.source = in_source)
      and (r.make is null or r.make = in_make)
    order by r.position limit 1;
  insert into leads (dealer_id, client_id, duplicate_of_id, user_id, source, channel, campaign,
    provider, provider_ref, first_name, last_name, email, email_key, phone, phone_key, postal_code,
    city, country, make, model, year, trim, stock_number, price_cents, message, marketing_consent,
    origin)
  values (in_dealer, client, duplicate_of, owner_id, in_source, 'form', 'winter', 'site', 'form-1',
    in_first, in_last, in_email, in_email, in_phone, in_phone, '31-146', 'Kraków', 'PL', in_make,
    in_model, in_year, 'LX', 'S1', 2500000, in_message, true, in_origin)
  returning id into lead;
  insert into history (lead_id, event, actor, data) values (lead, 'captured', 'key',
    jsonb_build_object('user', owner_id, 'duplicateOf', duplicate_of));
  insert into jobs (kind, lead_id, data) values
    ('mail', lead, jsonb_build_object('user', owner_id)),
    ('hook', lead, jsonb_build_object('event', 'captured'));
end $$`

/** Made after the rows, which is quicker. */
const INDEXES = `
create unique index on leads (public_id);
create index on leads (dealer_id, received_at desc, id desc);
create index on leads (dealer_id, status, received_at desc, id desc);
create index on leads (dealer_id, email_key);
create index on leads (dealer_id, phone_key);
create index on clients (email_key);
create index on clients (phone_key);
create index on rules (dealer_id, position);
create index on history (lead_id, id);
create index on jobs (due_at, id) where state = 'waiting'`

/** How many rules each dealer has. */
const RULES = 10

/**
 * Makes the tables in an empty database and fills them with as much as `population.ts` puts into ours:
 * the first dealer has a twentieth of the leads, the others share the rest.
 */
export async function loadBare(
  owner: pg.Client,
  { dealers, clients, leads }: PopulationSize
): Promise<void> {
  await owner.query('set synchronous_commit = off')
  await owner.query(TABLES)
  await owner.query(
    `insert into dealers select g, 'Dealer ' || g from generate_series(1, ${dealers}) g;
    insert into rules (dealer_id, position, source, make, user_id)
    select d, p, case when p % 2 = 0 then 'website' end, case when p % 3 = 0 then 'Toyota' end,
      d * ${RULES} + p
    from generate_series(1, ${dealers}) d, generate_series(1, ${RULES}) p;
    insert into clients (dealer_id, name, email_key, phone_key)
    select 1 + g % ${dealers}, 'Ann Lee', 'c' || g || '@example.com',
      '+48601' || lpad(g::text, 6, '0')
    from generate_series(1, ${clients}) g;
    insert into leads (dealer_id, client_id, user_id, status, source, channel, campaign, provider,
      provider_ref, first_name, last_name, email, email_key, phone, phone_key, postal_code, city,
      country, make, model, year, trim, stock_number, price_cents, message, origin, received_at)
    select case when g % 20 = 0 then 1 else ${dealers > 1 ? `2 + g % ${dealers - 1}` : '1'} end,
      case when g % 5 = 0 then 1 + g % ${clients} end, g % 2000,
      (array['new', 'working', 'qualified', 'sold', 'lost'])[1 + (g / 7) % 5],
      (array['website', 'portal', 'phone', 'walk-in', 'webinar'])[1 + g % 5],
      (array['form', 'phone', 'chat', 'adf'])[1 + g % 4], 'campaign-' || g % 50, 'site', 'form-' || g,
      'Ann', 'Lee', 'l' || g || '@example.com', 'l' || g || '@example.com',
      '602 ' || g, '+48602' || lpad((g % 1000000)::text, 6, '0'), '31-146', 'Kraków', 'PL',
      (array['Toyota', 'Honda', 'Ford', 'BMW'])[1 + g % 4], 'Model ' || g % 40, 2010 + g % 16, 'LX',
      'S' || g, 2000000 + g,
      'I am interested in this vehicle, please call me back about price and availability.',
      jsonb_build_object('utmSource', 'google', 'utmMedium', 'cpc',
        'landingPage', 'https://dealer.example/cars/' || g),
      now() - (${leads} - g) * interval '30 seconds'
    from generate_series(1, ${leads}) g`
  )
  for (const index of INDEXES.split(';')) await owner.query(index)
  await owner.query('vacuum (freeze, analyze)')
  await owner.query('checkpoint')
}
