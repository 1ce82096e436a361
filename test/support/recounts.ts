import type pg from 'pg'

/**
 * Numbers of reports as a plain count by the database's owner, lead by lead: written apart from the
 * statements of reports, to compare with them.
 */
export interface Recount {
  sources: Record<string, number>
  team: Record<string, Record<string, number>>
  funnel: Record<string, number>
}

export async function recount(client: pg.Client, dealerId: string): Promise<Recount> {
  const rows = async <Row>(sql: string) =>
    (await client.query<{ row: Row }>(`with ${TABLES} ${sql}`, [dealerId])).rows.map(
      ({ row }) => row
    )
  const [sources] = await rows<Record<string, number>>(SOURCES)
  const team = await rows<{ id: string; counts: Record<string, number> }>(TEAM)
  const funnel = await rows<{ group: string; leads: number }>(FUNNEL)
  return {
    sources: sources ?? {},
    team: Object.fromEntries(team.map(({ id, counts }) => [id, counts])),
    funnel: Object.fromEntries(funnel.map(({ group, leads }) => [group, leads]))
  }
}

/** The leads, what was done in earnest, and the moves that were neither undone nor an undo. */
const TABLES = `l as (select * from leads where dealer_id = $1 and not is_test),
  met as (select * from activities where dealer_id = $1
    and type in ('appointment', 'test_drive', 'meeting', 'visit') and state <> 'cancelled'),
  bought as (select s.* from sales s join sale_statuses t on t.dealer_id = s.dealer_id and t.id = s.status_id
    where s.dealer_id = $1 and s.undone_at is null and t."group" <> 'cancelled'),
  moved as (select e.* from events e where e.dealer_id = $1 and e.type in
      ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') and not exists (
    select from operations o where o.dealer_id = $1 and o.state = 'undone'
      and e.created_at = any (array[o.created_at, o.undone_at])
      and (o.lead_id = e.lead_id or o.recorded::text like '%' || e.lead_id || '%'))),
  good as (select lead_id, actor_id from moved where data->>'toGroup' = 'qualified'
    union all select lead_id, actor_id from qualifications where dealer_id = $1 and result = 'qualified')`

const SOURCES = `select jsonb_build_object('received', count(*),
    'duplicate', count(l.duplicate_of_id), 'quarantined', count(l.quarantine_reason),
    'converted', count(l.client_id),
    'lost', count(*) filter (where t."group" = 'lost'),
    'deleted', count(*) filter (where t."group" = 'deleted'),
    'reached', count(*) filter (where l.id in (select lead_id from lead_clocks where reached_at is not null)),
    'appointment', count(*) filter (where l.id in (select lead_id from met)),
    'shown', count(*) filter (where l.id in (select lead_id from met where state = 'done')),
    'qualified', count(*) filter (where l.id in (select lead_id from good)),
    'sold', count(*) filter (where l.id in (select lead_id from bought))) as row
  from l join statuses t on t.dealer_id = l.dealer_id and t.id = l.status_id`

const TEAM = `select jsonb_build_object('id', u.id, 'counts', jsonb_build_object(
    'handled', (select count(*) from l where l.id in (
        select lead_id from activities where dealer_id = $1 and state = 'done' and user_id = u.id)
      or l.id in (select lead_id from moved where actor_id = u.id and type <> 'lead.unlinked'
        and data->>'code' is null)
      or l.id in (select lead_id from qualifications where dealer_id = $1 and actor_id = u.id)),
    'qualified', (select count(*) from l where l.id in (select lead_id from good where actor_id = u.id)),
    'appointmentsMade', (select count(*) from l where l.id in (
      select lead_id from met where created_by = u.id)),
    'sales', (select count(*) from l where l.id in (select lead_id from bought where user_id = u.id)))) as row
  from users u where u.dealer_id = $1`

/** How many leads are or were in each group. */
const FUNNEL = `select jsonb_build_object('group', "group", 'leads', count(distinct lead_id)) as row
  from (select l.id as lead_id, t."group" from l
      join statuses t on t.dealer_id = l.dealer_id and t.id = l.status_id
    union all select lead_id, data->>'fromGroup' from moved where lead_id in (select id from l)) been
  where "group" is not null group by "group"`
