import { sqlList } from '../../../src/database/sql-list.ts'
import { OPEN_GROUPS } from '../../../src/domain/leads/status-groups.ts'
import { isMove } from '../../../src/repositories/events/moves.ts'

/**
 * What each report comes down to, as somebody at a SQL prompt would ask it: by the database's owner,
 * without row security, limits or anything but the numbers. `$1` is the dealer; the period is from `$2`
 * to before `$3`. By the last part of the report's path.
 */
export const BARE_REPORTS: Record<string, string> = {
  sources: measures('source_id'),
  'sources-by-month': `select source_id, ${month()}, count(*), count(duplicate_of_id),
      count(client_id), count(*) filter (where exists (${sale()}))
    from leads where ${cohort()} group by 1, 2`,
  'sources-by-month-detail': measures(`source_id, ${month()}`),
  promoters: brought('promoter_id'),
  'referral-links': brought('referral_link_id'),
  'work-list': `select queue_id, assignee_id, count(*) filter (where assignee_id is null),
      count(*) filter (where respond_by <= now()), count(*) filter (where respond_by > now()
        and respond_by <= now() + interval '1 hour')
    from leads join statuses t on t.dealer_id = leads.dealer_id and t.id = leads.status_id
    where leads.dealer_id = $1 and not is_test and (assignee_id is null or respond_by is not null)
      and t."group" in (${sqlList(OPEN_GROUPS)})
      and ($2::timestamptz, $3::timestamptz) is not null
    group by 1, 2`,
  'response-times': `select count(attempted_at), avg(attempted_at - received_at),
      percentile_cont(array[0.5, 0.9]) within group (order by attempted_at - received_at),
      count(reached_at), avg(reached_at - received_at),
      percentile_cont(array[0.5, 0.9]) within group (order by reached_at - received_at)
    from leads left join lead_clocks c on c.dealer_id = leads.dealer_id and c.lead_id = leads.id
    where ${cohort()}`,
  team: team(),
  incentives: team(),
  funnel: `select e.data->>'fromGroup', e.data->>'fromStatusId', count(*),
      avg((e.data->>'stoodSeconds')::int),
      percentile_cont(array[0.5, 0.9]) within group (order by (e.data->>'stoodSeconds')::int)
    from leads join events e on e.dealer_id = leads.dealer_id and e.lead_id = leads.id
      and ${isMove('e')}
    where ${cohort()} group by 1, 2`
}

function cohort(): string {
  return `leads.dealer_id = $1 and not leads.is_test and leads.received_at >= $2
    and leads.received_at < $3`
}

function month(): string {
  return `date_trunc('month', leads.received_at at time zone 'Europe/Warsaw')`
}

function sale(): string {
  return `select from sales s join sale_statuses g on g.dealer_id = s.dealer_id and g.id = s.status_id
    where s.dealer_id = leads.dealer_id and s.lead_id = leads.id and s.undone_at is null
      and g."group" <> 'cancelled'`
}

function measures(keys: string): string {
  const acts = (condition: string) => `count(*) filter (where exists (select from activities a
    where a.dealer_id = leads.dealer_id and a.lead_id = leads.id and ${condition}))`
  const meeting = `a.type in ('appointment', 'test_drive', 'meeting', 'visit')`
  return `select ${keys}, count(*), count(duplicate_of_id), count(quarantine_reason),
      count(client_id), ${acts(`${meeting} and a.state <> 'cancelled'`)},
      ${acts(`${meeting} and a.state = 'done'`)},
      ${acts(`(a.type, a.outcome) in (('call', 'wrong_number'), ('email', 'bounced'))`)},
      count(*) filter (where exists (select from lead_clocks c where c.dealer_id = leads.dealer_id
        and c.lead_id = leads.id and c.reached_at is not null)),
      count(*) filter (where exists (select from qualifications q
        where q.dealer_id = leads.dealer_id and q.lead_id = leads.id and q.result = 'qualified')
        or exists (select from events e where e.dealer_id = leads.dealer_id
          and e.lead_id = leads.id and ${isMove('e')}
          and e.data->>'toGroup' = 'qualified')),
      count(*) filter (where exists (${sale()})),
      count(*) filter (where t."group" = 'lost'), count(*) filter (where t."group" = 'deleted')
    from leads join statuses t on t.dealer_id = leads.dealer_id and t.id = leads.status_id
    where ${cohort()} group by ${keys.includes(',') ? '1, 2' : '1'}`
}

function brought(key: string): string {
  return `select ${key}, count(*), count(duplicate_of_id), count(client_id),
      count(*) filter (where exists (${sale()})),
      (select sum(r.points) from rewards r where r.dealer_id = $1)
    from leads where ${cohort()} and ${key} is not null group by 1`
}

function team(): string {
  return `select user_id, count(*), count(distinct lead_id),
      count(*) filter (where a.type in ('appointment', 'test_drive', 'meeting', 'visit')),
      count(*) filter (where a.state = 'done')
    from activities a join leads on leads.dealer_id = a.dealer_id and leads.id = a.lead_id
    where ${cohort()} group by 1
    union all
    select s.user_id, count(*), 0, 0, 0 from sales s
    join leads on leads.dealer_id = s.dealer_id and leads.id = s.lead_id
    where ${cohort()} group by 1`
}
