import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, leads, operations, sales } from '../../database/schema.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { FunnelStep, StatusGroup } from '../../domain/leads/status-groups.ts'
import { groupsFromStep, groupsOfUnsold } from '../../domain/reports/funnel.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { listLeadsWhere } from '../leads/lead-pages.ts'
import type { Page, PageRequest } from '../paging.ts'
import { isCancelled } from '../sales/sale-facts.ts'
import { countedLeads, isInGroup } from './report-filter.ts'
import { given } from '../filters.ts'

/** Which leads of the funnel; all that is given holds. */
interface FunnelPlace {
  step?: FunnelStep | undefined
  group?: StatusGroup | undefined
  statusId?: string | undefined
  /** They are in the group or status still; otherwise they have been, whether they are or not. */
  standing: boolean
}

/** One page of the leads at a place of the funnel. */
export async function listFunnelLeads(
  tx: Transaction,
  { filter, place }: { filter: ReportFilter; place: FunnelPlace },
  page: PageRequest
): Promise<Page<Lead>> {
  return await listLeadsWhere(tx, and(countedLeads(tx, filter), isAtPlace(tx, place)), page)
}

/**
 * Of events `e`: the moves that left a group, of which the index of stays is. Each ended a stay unless
 * it was undone or undid: what ended by being undone was a mistake and no stay, and what an undo returned to
 * did not end.
 */
export const LEFT_GROUP = sql`e.left_group is not null`

/**
 * Whether an event (`e`, unless named) is of an operation that was undone, or of its undo. They have the time of the
 * operation in common, which is in the index of stays; what the events say beside is not. It is looked up for
 * each event, by either time: for lists.
 */
export function isOfUndo(alias: 'e' | 'f' = 'e'): SQL {
  const event = sql.raw(alias)
  const hasUndone = (time: SQL) => sql`exists (select 1 from ${operations} o
    where o.dealer_id = ${event}.dealer_id and o.state = 'undone' and ${time} = ${event}.created_at
      and (o.lead_id = ${event}.lead_id or o.recorded @> jsonb_build_object('leads',
        jsonb_build_array(jsonb_build_object('id', ${event}.lead_id)))))`
  return sql`(${hasUndone(sql`o.created_at`)} or ${hasUndone(sql`o.undone_at`)})`
}

/**
 * The table `undone` for a statement about many events: the moves of undone operations and their undos, by lead
 * and time.
 */
export function undoneTable({ dealerId }: Transaction): SQL {
  return sql`undone as materialized (
    select m.lead_id, unnest(array[m.created_at, m.undone_at]) as at
    from (select o.created_at, o.undone_at, unnest(o.lead_id || array(select (one->>'id')::uuid
        from jsonb_path_query(o.recorded, '$.leads[*]') one)) as lead_id
      from ${operations} o where o.dealer_id = ${dealerId} and o.state = 'undone') m)`
}

/** The opposite of `isOfUndo`, in a statement with `undoneTable`. */
export function isNotUndone(alias: 'e' | 'f' = 'e'): SQL {
  const event = sql.raw(alias)
  return sql`not exists (select 1 from undone u
    where u.lead_id = ${event}.lead_id and u.at = ${event}.created_at)`
}

function hasCancelledSale(): SQL {
  return sql`exists (select 1 from ${sales} s where s.dealer_id = ${leads.dealerId}
    and s.lead_id = ${leads.id} and s.undone_at is null and ${isCancelled()})`
}

/**
 * The leads at a place of the funnel, as a condition on `leads`. The fence (`offset 0`) has it decided
 * lead by lead, by the index of stays: a page needs no more than its own, and the planner would read
 * every event for it.
 */
function isAtPlace(
  tx: Transaction,
  { step, group, statusId, standing }: FunnelPlace
): SQL | undefined {
  const hasLeft = (condition: SQL) =>
    standing
      ? sql`false`
      : sql`exists (select 1 from ${events} e where e.dealer_id = ${leads.dealerId}
          and e.lead_id = ${leads.id} and ${LEFT_GROUP} and not ${isOfUndo()} and ${condition} offset 0)`
  const ofGroups = (groups: readonly StatusGroup[]) =>
    sql`(${isInGroup(tx, groups)} or ${hasLeft(sql`e.left_group in ${[...groups]}`)})`
  return and(
    given(step, (one) => {
      const unsold = groupsOfUnsold(one)
      const from = groupsFromStep(one)
      if (unsold.length === from.length) return ofGroups(from)
      const sold = sql`(${ofGroups(['sold'])} and not ${hasCancelledSale()})`
      return unsold.length === 0 ? sold : sql`(${ofGroups(unsold)} or ${sold})`
    }),
    given(group, (one) => ofGroups([one])),
    given(
      statusId,
      (id) => sql`(${eq(leads.statusId, id)} or ${hasLeft(sql`e.left_status_id = ${id}`)})`
    )
  )
}
