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
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import type { TeamNumber } from '../../domain/reports/team.ts'
import { WAS_DONE, wasMoved } from '../clock/handled-leads.ts'
import { visibleLeads } from '../visibility.ts'
import { firstHolder } from './holders.ts'
import { placedLeads, receivedLeads } from './report-filter.ts'

/**
 * Who did what with which leads: a query of pairs (`user_id`, `lead_id`), each once, for every measure
 * of the report of the team. Counting and listing read the same pairs. All look at the tables that
 * `teamTables` names.
 */
export function teamPairs({ dealerId }: Transaction, measure: TeamNumber): SQL {
  switch (measure) {
    case 'handled':
      return sql`select user_id, lead_id from acted`
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
    case 'reservations':
      return sql`select user_id, lead_id from reserved`
    case 'sales':
      return sql`select user_id, lead_id from sold where user_id is not null`
    case 'directSales':
      return sql`select user_id, lead_id from sold where user_id = ${firstHolder(soldLead(dealerId))}`
    case 'storeSales':
      return storeSales(dealerId)
    case 'creditedSales':
      return sql`select user_id, lead_id from (${SHARES}) shares where percent > 0`
  }
}

/**
 * The tables that pairs are made of: the leads within the filter and the caller's visibility, with
 * any assignee; their sales; the activities of the period about leads of any age; and who did them.
 */
export function teamTables(
  tx: Transaction,
  { period, sources, principal }: ReportFilter,
  { isMaterialized }: { isMaterialized: boolean }
): SQL {
  const isSeen = visibleLeads(principal)
  const isCounted = receivedLeads(tx, { period, sources, principal })
  const kept = isMaterialized ? sql`materialized` : sql`not materialized`
  return sql`cohort as ${kept} (
    select ${leads.id}, ${leads.assigneeId} from ${leads} where ${isCounted}
  ), sold as ${kept} (
    select c.id as lead_id, c.assignee_id, s.user_id, s.sold_at, s.referral_user_id, s.referral_percent
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
      and ${and(placedLeads(tx, { sources, team: null, user: null }), isSeen)}
    group by a.user_id, a.lead_id
  ), ${deeds(tx.dealerId)}`
}

/** Users with their percentages of the credit of sales: as `domain/sales/credit.ts` divides them. */
const SHARES = sql`
    select user_id, lead_id, case when referral_user_id is null or referral_user_id = user_id then 100
      else 100 - coalesce(referral_percent, 0) end as percent
    from sold where user_id is not null
    union all
    select referral_user_id, lead_id, case when user_id is null then 100
      else coalesce(referral_percent, 0) end
    from sold where referral_user_id is not null and referral_user_id is distinct from user_id`

/** Users with the sums of their percentages. */
export const CREDITS = sql`select user_id, sum(percent)::int as percent
  from (${SHARES}) shares group by user_id`

/** What users did with leads themselves, until now; null: a machine did. */
function deeds(dealerId: string): SQL {
  return sql`acted as (
    select a.user_id, c.id as lead_id
    from cohort c join ${activities} a on a.dealer_id = ${dealerId} and a.lead_id = c.id
    where ${WAS_DONE}
    union
    select e.actor_id, c.id
    from cohort c join ${events} e on e.dealer_id = ${dealerId} and e.lead_id = c.id
    where e.actor_type = 'user' and ${wasMoved()}
    union
    select q.actor_id, c.id
    from cohort c join ${qualifications} q on q.dealer_id = ${dealerId} and q.lead_id = c.id
    where q.actor_type = 'user'
  ), reserved as (
    select distinct a.user_id, c.id as lead_id
    from cohort c join ${activities} a on a.dealer_id = ${dealerId} and a.lead_id = c.id
    where a.type = 'reservation' and a.state = 'done' and a.user_id is not null
      and coalesce(a.outcome, 'confirmed') not in ('expired', 'withdrawn')
  ), assessed as (
    select user_id, lead_id, bool_or(qualified) as qualified from (
      select q.actor_id as user_id, c.id as lead_id, q.result = 'qualified' as qualified
      from cohort c join ${qualifications} q on q.dealer_id = ${dealerId} and q.lead_id = c.id
      where q.actor_type = 'user'
      union all
      select e.actor_id, c.id, true
      from cohort c join ${events} e on e.dealer_id = ${dealerId} and e.lead_id = c.id
      where e.actor_type = 'user' and e.data->>'toGroup' = 'qualified' and ${wasMoved()}) found
    group by user_id, lead_id
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

function soldLead(dealerId: string) {
  return { dealerId: sql`${dealerId}`, id: sql`sold.lead_id`, assigneeId: sql`sold.assignee_id` }
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
