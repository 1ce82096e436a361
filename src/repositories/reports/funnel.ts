import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, leads, sales, statuses } from '../../database/schema.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { FoundFunnel, FoundStays, PassedStatus, Stays } from '../../domain/reports/funnel.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { spreadOf } from './durations.ts'
import { isCancelled } from '../sales/sale-facts.ts'
import { LEFT_GROUP, isNotUndone, undoneTable } from './funnel-conditions.ts'
import { areMany } from './measures.ts'
import { reachOf, withTables } from './reach.ts'
import type { Reach } from './reach.ts'
import { countedLeads, periodLeads } from './report-filter.ts'

/**
 * What the leads that the filter lets through have passed, and how long they stood where. One reading
 * of their history serves all three.
 */
export async function measureFunnel(
  tx: Transaction,
  filter: ReportFilter,
  now: Date
): Promise<FoundFunnel> {
  const of = countedLeads(tx, filter)
  const reach = reachOf(tx, { of, isMany: await areMany(tx, periodLeads(tx, filter)) })
  const tables = withTables(
    reach.spans,
    undoneTable(tx),
    staysTables(tx, { of, reach, now }),
    passedTables(tx.dealerId)
  )
  const { rows } = await tx.orm.execute<{
    of: 'groups' | 'entered' | FoundStays['of']
    key: string | null
    lasts: boolean | null
    groups: StatusGroup[] | null
    leads: number | null
    stays: Stays | null
  }>(sql`
    ${tables}
    select 'groups' as "of", case when is_cancelled then 'cancelled' end as key, null::boolean as lasts, groups, sum(leads)::int as leads,
      null::jsonb as stays
    from passed cross join lateral (select array_agg(distinct "group") as groups
      from places where ${WAS_THERE}) g group by groups, is_cancelled
    union all
    select 'entered', status_id::text, null, null, sum(leads)::int, null
    from passed cross join lateral (select distinct status_id
      from places where ${WAS_THERE}) s group by status_id
    union all ${spreads('status', sql`status_id`)}
    union all ${spreads('group', sql`"group"`)}`)
  return {
    counted: rows.flatMap(({ of, key, groups, leads }) =>
      of === 'groups'
        ? [{ groups: groups ?? [], leads: leads ?? 0, isCancelled: key === 'cancelled' }]
        : []
    ),
    entered: new Map(
      rows.flatMap(({ of, key, leads }) => (of === 'entered' && key ? [[key, leads ?? 0]] : []))
    ),
    stays: rows.flatMap(({ of, key, lasts, stays }) =>
      (of === 'status' || of === 'group') && key && lasts !== null && stays
        ? [{ of, key, lasts, stays }]
        : []
    )
  }
}

/**
 * The stays of leads: those that ended, and of each lead the one that lasts. `lengths` has the seconds
 * of all stays in a status while it was of a group: there are few such, so that those of one status or
 * group are then at hand, where the stays themselves would have to be sorted by either.
 */
function staysTables(
  tx: Transaction,
  { of, reach, now }: { of: SQL | undefined; reach: Reach; now: Date }
): SQL {
  return sql`cohort as materialized (
    select ${leads.id}, ${leads.statusId}, ${leads.statusChangedAt}
    from ${leads} where ${of}
  ), ended as materialized (
    select e.lead_id, e.left_status_id, e.left_group, e.stood_seconds
    from ${reach.rowsOf(events, 'e', LEFT_GROUP)} join cohort c on c.id = e.lead_id
    where ${isNotUndone()}
  ), lengths as materialized (
    select left_status_id as status_id, left_group as "group", false as lasts,
      array_agg(stood_seconds) as seconds
    from ended group by left_status_id, left_group
    union all
    select s.id, s."group", true, c.seconds
    from (select status_id, array_agg(${stoodSince(now)}) as seconds from cohort c group by status_id) c
    join ${statuses} s on s.dealer_id = ${tx.dealerId} and s.id = c.status_id)`
}

/** Places whose bits are in a number, which is counted faster than a text of bits: few dealers have more. */
const NUMBERED = sql.raw('63')

/** Whether leads of `passed` were in a place of `places`. */
const WAS_THERE = sql`case when place < ${NUMBERED} then been & (1::bigint << place) <> 0
  else bit & been_beyond = bit end`

/**
 * How many leads have been in the same places, in any order. A place is a status while it was of a
 * group, and has a bit of its own: in `been`, or of the places beyond in `been_beyond`.
 */
function passedTables(dealerId: string): SQL {
  return sql`places as materialized (
    select status_id, "group", row_number() over ()::int - 1 as place,
      set_bit(repeat('0', count(*) over ()::int)::varbit, row_number() over ()::int - 1, 1) as bit
    from (select distinct status_id, "group" from lengths) known
  ), cancelled as materialized (
    select s.lead_id from ${sales} s
    where s.dealer_id = ${dealerId} and s.undone_at is null and ${isCancelled()}
  ), passed as materialized (
    select been, been_beyond, is_cancelled, count(*) as leads
    from (
      select lead_id, coalesce(bit_or(1::bigint << place) filter (where place < ${NUMBERED}), 0) as been,
        bit_or(bit) filter (where place >= ${NUMBERED}) as been_beyond,
        lead_id in (select lead_id from cancelled) as is_cancelled
      from (
        select e.lead_id, p.place, p.bit from ended e
        join places p on p.status_id = e.left_status_id and p."group" = e.left_group
        union all
        select c.id, p.place, p.bit from cohort c
        join ${statuses} t on t.dealer_id = ${dealerId} and t.id = c.status_id
        join places p on p.status_id = t.id and p."group" = t."group"
      ) stays group by lead_id
    ) leads group by been, been_beyond, is_cancelled)`
}

function stoodSince(now: Date): SQL {
  return sql`greatest(floor(date_part('epoch',
    ${now.toISOString()}::timestamptz - c.status_changed_at))::bigint, 0)`
}

/** How long stays in each status or group took, those that ended and those that last apart. */
function spreads(of: FoundStays['of'], key: SQL): SQL {
  return sql`select ${of}::text, key::text, lasts, null, null, spread.stays
    from (select distinct ${key} as key, lasts from lengths) kinds
    cross join lateral (
      select jsonb_build_object('count', count(*)) || ${spreadOf(sql`stay`)} as stays
      from (select unnest(seconds) as stay from lengths
        where ${key} = kinds.key and lengths.lasts = kinds.lasts) stays) spread`
}

/** The names and groups of statuses, in the dealer's order; then of deleted ones. */
export async function findPassedStatuses(
  tx: Transaction,
  ids: readonly string[]
): Promise<PassedStatus[]> {
  const passed = sql`any(${sql.param([...ids])}::uuid[])`
  const { rows } = await tx.orm.execute<PassedStatus & Record<string, unknown>>(sql`
    select id, name, "group", false as "isDeleted", position from ${statuses}
    where dealer_id = ${tx.dealerId} and id = ${passed}
    union all
    select subject_id, data->>'name', data->>'group', true, null from ${events}
    where dealer_id = ${tx.dealerId} and type = 'status.deleted' and subject_id = ${passed}
    order by position nulls last, name, id`)
  return rows.map(({ id, name, group, isDeleted }) => ({ id, name, group, isDeleted }))
}
