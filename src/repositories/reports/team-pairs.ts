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
import type { TeamMeasure, TeamNumber } from '../../domain/reports/team.ts'
import { WAS_DONE } from '../clock/handled-leads.ts'
import { isMove } from '../events/moves.ts'
import { visibleLeads } from '../visibility.ts'
import { isNotUndone, undoneTable } from './funnel-conditions.ts'
import { firstHolder } from './holders.ts'
import type { Reach } from './reach.ts'
import { placedLeads, receivedLeads } from './report-filter.ts'

/** What users do with leads themselves. Each is a bit of what a user did with a lead. */
export const DEEDS = [
  'handled',
  'assessed',
  'qualified',
  'handedOver',
  'declined',
  'appointmentsMade',
  'appointmentsShown',
  'reservations'
] as const satisfies readonly TeamMeasure[]
type Deed = (typeof DEEDS)[number]

const MEETING = sql`a.type in ${[...MEETING_TYPES]}`
const MOVED_TO_QUALIFIED = sql`${sql.raw(isMove('e'))} and e.data->>'toGroup' = 'qualified'`

/** Of rows of `did`, which has the deeds of each user and lead as bits. */
export function hasDone(deed: Deed): SQL {
  return sql`did.deeds & ${bitsOf(deed)} <> 0`
}

/** The leads that came, and those that bought. */
export const SHOWN_LEADS = sql`select lead_id from shown`
export const SOLD_LEADS = sql`select lead_id from sold`

/**
 * Who did what with which leads: a query of pairs (`user_id`, `lead_id`), each once, for every measure
 * of the report of the team. Counting and listing read the same tables, which `teamTables` names.
 */
export function teamPairs({ dealerId }: Transaction, measure: TeamNumber): SQL {
  const did = (deed: Deed) => sql`select user_id, lead_id from did where ${hasDone(deed)}`
  switch (measure) {
    case 'worked':
      return sql`select user_id, lead_id from work`
    case 'qualifiedShown':
      return sql`${did('qualified')} and lead_id in (${SHOWN_LEADS})`
    case 'qualifiedSold':
      return sql`${did('qualified')} and lead_id in (${SOLD_LEADS})`
    case 'sales':
      return sql`select user_id, lead_id from sold where user_id is not null`
    case 'directSales':
      return sql`select user_id, lead_id from sold where user_id = ${firstHolder(soldLead(dealerId))}`
    case 'storeSales':
      return storeSales(dealerId)
    case 'creditedSales':
      return sql`select user_id, lead_id from (${SHARES}) shares where percent > 0`
    case 'handled':
    case 'assessed':
    case 'qualified':
    case 'handedOver':
    case 'declined':
    case 'appointmentsMade':
    case 'appointmentsShown':
    case 'reservations':
      return did(measure)
  }
}

/** The deeds that a number needs. */
export function deedsOf(measure: TeamNumber): readonly Deed[] {
  if (measure === 'qualifiedShown' || measure === 'qualifiedSold') return ['qualified']
  return DEEDS.filter((deed) => deed === measure)
}

/**
 * The tables that pairs are made of: the leads within the filter and the caller's visibility, with
 * any assignee; their sales; the activities of the period about leads of any age; and who did what.
 */
export function teamTables(
  tx: Transaction,
  { period, sources, principal }: ReportFilter,
  {
    reach,
    deeds,
    isMaterialized
  }: { reach: Reach; deeds: readonly Deed[]; isMaterialized: boolean }
): SQL[] {
  const { dealerId } = tx
  const isSeen = visibleLeads(principal)
  const isCounted = receivedLeads(tx, { period, sources, principal })
  const kept = isMaterialized ? sql`materialized` : sql`not materialized`
  const ofWorked = and(placedLeads(tx, { sources, team: null, user: null }), isSeen)
  return [
    sql`cohort as ${kept} (
      select ${leads.id}, ${leads.assigneeId} from ${leads} where ${isCounted})`,
    sql`sold as ${kept} (
      select c.id as lead_id, c.assignee_id, s.user_id, s.sold_at, s.referral_user_id, s.referral_percent
      from ${reach.rowsOf(sales, 's', sql`s.undone_at is null`)} join cohort c on c.id = s.lead_id
      join ${saleStatuses} t on t.dealer_id = ${dealerId} and t.id = s.status_id
        and t."group" <> 'cancelled')`,
    sql`shown as (
      select a.lead_id from ${reach.rowsOf(activities, 'a', sql`${MEETING} and a.state = 'done'`)})`,
    sql`work as (
      select a.user_id, a.lead_id, count(*) as activities from ${activities} a
      where a.dealer_id = ${dealerId} and a.state = 'done' and a.user_id is not null
        and a.done_at >= ${period.start.toISOString()}::timestamptz
        and a.done_at < ${period.end.toISOString()}::timestamptz
        and a.lead_id is not null and ${isOfCounted(tx, sources === null && isSeen === undefined ? null : ofWorked)}
      group by a.user_id, a.lead_id)`,
    undoneTable(tx),
    ...(deeds.length === 0 ? [] : [didTable(reach, deeds)])
  ]
}

/** Of activities `a`: of a lead of which this holds; null: of any that is no test, of which there are few. */
function isOfCounted(tx: Transaction, of: SQL | null | undefined): SQL {
  return of
    ? sql`exists (select 1 from ${leads} where ${leads.id} = a.lead_id and ${of})`
    : sql`not exists (select 1 from ${leads} l
        where l.dealer_id = ${tx.dealerId} and l.is_test and l.id = a.lead_id)`
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

/** The deeds of each user with each lead of `cohort`, as bits: those of these. */
function didTable(reach: Reach, deeds: readonly Deed[]): SQL {
  const needed = doneRows(reach).filter(({ of }) => of.some((deed) => deeds.includes(deed)))
  const rows = needed.map((one) => one.rows)
  // Grouped first: a million pairs are joined, and not three million rows.
  return sql`did as (
    select pairs.user_id, pairs.lead_id, pairs.deeds
    from (select user_id, lead_id, bit_or(deeds) as deeds
      from (${sql.join(rows, sql` union all `)}) done (user_id, lead_id, deeds)
      where user_id is not null group by user_id, lead_id) pairs
    join cohort on cohort.id = pairs.lead_id)`
}

/** What users did with leads, row by row, and which deeds that is. Without a user, a machine did. */
function doneRows(reach: Reach): { of: readonly Deed[]; rows: SQL }[] {
  return [
    {
      of: ['handled', 'reservations'],
      rows: sql`select a.user_id, a.lead_id, ${bitsOf('handled')}
          | ${bitsIf(
            sql`a.type = 'reservation'
            and coalesce(a.outcome, 'confirmed') not in ('expired', 'withdrawn')`,
            'reservations'
          )} as deeds
        from ${reach.rowsOf(activities, 'a', WAS_DONE)}`
    },
    {
      of: ['handled'],
      rows: sql`select e.worked_by, e.lead_id, ${bitsOf('handled')}
        from ${reach.rowsOf(events, 'e', sql`e.worked_by is not null`)} where ${isNotUndone()}`
    },
    {
      of: ['assessed', 'qualified'],
      rows: sql`select e.worked_by, e.lead_id, ${bitsOf('assessed', 'qualified')}
        from ${reach.rowsOf(events, 'e', MOVED_TO_QUALIFIED)}
        where e.worked_by is not null and ${isNotUndone()}`
    },
    {
      of: ['handled', 'assessed', 'qualified'],
      rows: sql`select q.actor_id, q.lead_id, ${bitsOf('handled', 'assessed')}
          | ${bitsIf(sql`q.result = 'qualified'`, 'qualified')}
        from ${reach.rowsOf(qualifications, 'q', sql`q.actor_type = 'user'`)}`
    },
    {
      of: ['handedOver', 'declined'],
      rows: sql`select h.from_user_id, h.lead_id, ${bitsIf(sql`h.state = 'accepted'`, 'handedOver')}
          | ${bitsIf(sql`h.state = 'declined'`, 'declined')}
        from ${reach.rowsOf(handovers, 'h', sql`h.from_user_id is not null`)}`
    },
    {
      of: ['appointmentsMade', 'appointmentsShown'],
      rows: sql`select a.created_by, a.lead_id, ${bitsOf('appointmentsMade')}
          | ${bitsIf(sql`a.state = 'done'`, 'appointmentsShown')}
        from ${reach.rowsOf(activities, 'a', sql`${MEETING} and a.state <> 'cancelled'`)}`
    }
  ]
}

function bitsOf(...deeds: Deed[]): SQL {
  return sql.raw(String(deeds.reduce((bits, deed) => bits | (1 << DEEDS.indexOf(deed)), 0)))
}

function bitsIf(condition: SQL, ...deeds: Deed[]): SQL {
  return sql`case when ${condition} then ${bitsOf(...deeds)} else 0 end`
}

function soldLead(dealerId: string) {
  return { dealerId: sql`${dealerId}`, id: sql`sold.lead_id`, assigneeId: sql`sold.assignee_id` }
}

function storeSales(dealerId: string): SQL {
  return sql`select distinct on (s.lead_id) a.created_by as user_id, s.lead_id
    from sold s
    join ${users} seller on seller.dealer_id = ${dealerId} and seller.id = s.user_id
      and seller.team = 'store_sales'
    join ${activities} a on a.dealer_id = ${dealerId} and a.lead_id = s.lead_id and ${MEETING}
      and a.state = 'done' and a.created_at <= s.sold_at
    join ${users} maker on maker.dealer_id = ${dealerId} and maker.id = a.created_by
      and maker.team in ('call_center', 'online_sales')
    order by s.lead_id, a.done_at, a.id`
}
