import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, leads, statuses } from '../../database/schema.ts'
import { STATUS_GROUPS } from '../../domain/leads/status.ts'
import type { StatusGroup } from '../../domain/leads/status.ts'
import type { FoundFunnel, FoundStays, PassedStatus, Stays } from '../../domain/reports/funnel.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { spreadOf } from './durations.ts'
import { endedStay } from './funnel-conditions.ts'
import { countedLeads } from './report-filter.ts'

/**
 * What the leads that the filter lets through have passed, and how long they stood where. One reading
 * of their history serves all three.
 */
export async function measureFunnel(
  tx: Transaction,
  filter: ReportFilter,
  now: Date
): Promise<FoundFunnel> {
  const spread = spreadOf(sql`seconds`)
  const { rows } = await tx.orm.execute<{
    of: 'groups' | 'entered' | FoundStays['of']
    key: string
    lasts: boolean | null
    leads: number | null
    stays: Stays | null
  }>(sql`
    with ${staysTable(tx, filter, now)},
    passed as (select lead_id, bit_or(1 << ${groupNumber(sql`"group"`)}) as bits from stays group by lead_id)
    select 'groups' as "of", bits::text as key, null::boolean as lasts, count(*)::int as leads,
      null::jsonb as stays
    from passed group by bits
    union all
    select 'entered', status_id::text, null, count(distinct lead_id)::int, null
    from stays group by status_id
    union all
    select case when grouping(status_id) = 1 then 'group' else 'status' end,
      coalesce("group", status_id::text), lasts, null,
      jsonb_build_object('count', count(*)) || ${spread}
    from stays group by grouping sets (("group", lasts), (status_id, lasts))`)
  return {
    counted: rows.flatMap(({ of, key, leads }) =>
      of === 'groups' ? [{ groups: groupsOf(Number(key)), leads: leads ?? 0 }] : []
    ),
    entered: new Map(
      rows.flatMap(({ of, key, leads }) => (of === 'entered' ? [[key, leads ?? 0]] : []))
    ),
    stays: rows.flatMap(({ of, key, lasts, stays }) =>
      (of === 'status' || of === 'group') && lasts !== null && stays
        ? [{ of, key, lasts, stays }]
        : []
    )
  }
}

/** A group's number, from 1: that of the bit which stands for it. */
function groupNumber(group: SQL): SQL {
  return sql`array_position(${sql.param([...STATUS_GROUPS])}::text[], ${group})`
}

function groupsOf(bits: number): StatusGroup[] {
  return STATUS_GROUPS.filter((_, index) => (bits & (1 << (index + 1))) !== 0)
}

/**
 * Every stay of a lead in a status: those it left, as the event of the move says, and the one that
 * lasts.
 */
function staysTable(tx: Transaction, filter: ReportFilter, now: Date): SQL {
  return sql`cohort as materialized (
    select ${leads.id}, ${leads.statusId}, ${leads.statusChangedAt}
    from ${leads} where ${countedLeads(tx, filter)}
  ), stays as materialized (
    select c.id as lead_id, (e.data->>'fromStatusId')::uuid as status_id,
      e.data->>'fromGroup' as "group", (e.data->>'stoodSeconds')::bigint as seconds, false as lasts
    from cohort c
    join ${events} e on e.dealer_id = ${tx.dealerId} and e.lead_id = c.id
    where ${endedStay()}
    union all
    select c.id, c.status_id, s."group", ${stoodSince(now)}, true
    from cohort c
    join ${statuses} s on s.dealer_id = ${tx.dealerId} and s.id = c.status_id)`
}

function stoodSince(now: Date): SQL {
  return sql`greatest(floor(date_part('epoch',
    ${now.toISOString()}::timestamptz - c.status_changed_at))::bigint, 0)`
}

/** What statuses are called and mean, in the dealer's order; then those that were deleted. */
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
