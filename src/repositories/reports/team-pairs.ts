import { and, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import {
  activities,
  events,
  handovers,
  leads,
  qualifications,
  saleStatuses,
  sales,
  users
} from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import type { TeamMeasure } from '../../domain/reports/team.ts'
import { visibleLeads } from '../visibility.ts'
import { countedLeads, placedLeads } from './report-filter.ts'

/**
 * Who did what with which leads: a query of pairs (`user_id`, `lead_id`), each once, for every measure
 * of the report of the team. Counting and listing read the same pairs. All look at the tables that
 * `teamTables` names.
 */
export function teamPairs({ dealerId }: Transaction, measure: TeamMeasure): SQL {
  switch (measure) {
    case 'handled':
      return sql`select assignee_id as user_id, id as lead_id from cohort where assignee_id is not null
        union all
        select user_id, lead_id from followed`
    case 'worked':
      return sql`select user_id, lead_id from work`
    case 'assessed':
      return sql`select user_id, lead_id from assessed`
    case 'qualified':
      return sql`select user_id, lead_id from assessed where qualified`
    case 'qualifiedShown':
      return sql`select user_id, lead_id from assessed
        where qualified and lead_id in (select lead_id from arranged where shown)`
    case 'qualifiedSold':
      return sql`select user_id, lead_id from assessed
        where qualified and lead_id in (select lead_id from sold)`
    case 'handedOver':
      return sql`select user_id, lead_id from offered where accepted`
    case 'declined':
      return sql`select user_id, lead_id from offered where declined`
    case 'appointmentsMade':
      return sql`select user_id, lead_id from arranged where user_id is not null`
    case 'appointmentsShown':
      return sql`select user_id, lead_id from arranged where user_id is not null and shown`
    case 'sales':
      return sql`select user_id, lead_id from sold where user_id is not null`
    case 'directSales':
      return sql`select user_id, lead_id from sold where user_id = ${firstOwner(dealerId)}`
    case 'storeSales':
      return storeSales(dealerId)
  }
}

/**
 * The tables that pairs are made of: the leads within the filter and the caller's visibility, with
 * any assignee; their sales; the activities of the period about leads of any age; and who did them.
 */
export function teamTables(
  tx: Transaction,
  principal: TenantPrincipal,
  { period, source }: ReportFilter,
  { isMaterialized }: { isMaterialized: boolean }
): SQL {
  const allUsers = { source, team: null, user: null }
  const isSeen = visibleLeads(principal)
  const isCounted = and(countedLeads(tx, { period, ...allUsers }), isSeen)
  const kept = isMaterialized ? sql`materialized` : sql`not materialized`
  return sql`cohort as ${kept} (
    select ${leads.id}, ${leads.assigneeId} from ${leads} where ${isCounted}
  ), followed as (
    select f.id as user_id, ${leads.id} as lead_id
    from ${leads} cross join unnest(${leads.followerIds}) f (id)
    where ${isCounted} and ${leads.followerIds} <> '{}' and f.id is distinct from ${leads.assigneeId}
  ), sold as ${kept} (
    select c.id as lead_id, c.assignee_id, s.user_id, s.sold_at
    from cohort c
    join ${sales} s on s.dealer_id = ${tx.dealerId} and s.lead_id = c.id and s.undone_at is null
    join ${saleStatuses} t on t.dealer_id = ${tx.dealerId} and t.id = s.status_id
      and t."group" <> 'cancelled'
  ), work as (
    select a.user_id, a.lead_id, count(*) as activities
    from ${activities} a
    join ${leads} on ${leads.dealerId} = ${tx.dealerId} and ${leads.id} = a.lead_id
    where a.dealer_id = ${tx.dealerId} and a.state = 'done' and a.user_id is not null
      and a.done_at >= ${period.start.toISOString()}::timestamptz
      and a.done_at < ${period.end.toISOString()}::timestamptz
      and ${and(placedLeads(tx, allUsers), isSeen)}
    group by a.user_id, a.lead_id
  ), ${deeds(tx.dealerId)}`
}

/** The users who asked a lead's questions, offered it and arranged its meetings; null: a machine. */
function deeds(dealerId: string): SQL {
  return sql`assessed as (
    select q.actor_id as user_id, c.id as lead_id, bool_or(q.result = 'qualified') as qualified
    from cohort c join ${qualifications} q on q.dealer_id = ${dealerId} and q.lead_id = c.id
    where q.actor_type = 'user' group by q.actor_id, c.id
  ), offered as (
    select h.from_user_id as user_id, c.id as lead_id, bool_or(h.state = 'accepted') as accepted,
      bool_or(h.state = 'declined') as declined
    from cohort c join ${handovers} h on h.dealer_id = ${dealerId} and h.lead_id = c.id
    where h.from_user_id is not null group by h.from_user_id, c.id
  ), arranged as (
    select a.created_by as user_id, c.id as lead_id, bool_or(a.state = 'done') as shown
    from cohort c join ${activities} a on a.dealer_id = ${dealerId} and a.lead_id = c.id
    where ${isMeeting()} and a.state <> 'cancelled' group by a.created_by, c.id)`
}

function isMeeting(): SQL {
  return sql`a.type in ${[...MEETING_TYPES]}`
}

/** The first user of a sold lead: the one before its first change of hands, or its present one. */
function firstOwner(dealerId: string): SQL {
  return sql`coalesce((
    select coalesce(e.data->>'fromAssigneeId', e.data->>'toAssigneeId')::uuid from ${events} e
    where e.dealer_id = ${dealerId} and e.lead_id = sold.lead_id and e.type = 'lead.assigned'
      and coalesce(e.data->>'fromAssigneeId', e.data->>'toAssigneeId') is not null
    order by e.id limit 1), sold.assignee_id)`
}

function storeSales(dealerId: string): SQL {
  return sql`select distinct on (s.lead_id) a.created_by as user_id, s.lead_id
    from sold s
    join ${users} seller on seller.dealer_id = ${dealerId} and seller.id = s.user_id
      and seller.team = 'store_sales'
    join ${activities} a on a.dealer_id = ${dealerId} and a.lead_id = s.lead_id and ${isMeeting()}
      and a.state = 'done' and a.created_at <= s.sold_at
    join ${users} maker on maker.dealer_id = ${dealerId} and maker.id = a.created_by
      and maker.team in ('call_center', 'online_sales')
    order by s.lead_id, a.done_at, a.id`
}
