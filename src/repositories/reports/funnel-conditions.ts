import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, leads, sales } from '../../database/schema.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { FunnelStep, StatusGroup } from '../../domain/leads/status-groups.ts'
import { groupsFromStep } from '../../domain/reports/funnel.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { listLeadsWhere } from '../leads/leads.ts'
import type { Page, PageRequest } from '../paging.ts'
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
 * Of events `e`: the moves that ended a stay, the same that the funnel counts: those that left a group,
 * of which the index of stays is. What ended by being undone was a mistake and no stay: moves that an
 * undo made are left out, and so is the one by which a sale was undone.
 */
export function endedStay(): SQL {
  return sql`e.left_group is not null and not exists (select 1 from ${sales} u
    where u.dealer_id = e.dealer_id and u.lead_id = e.lead_id and u.undone_at = e.created_at)`
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
          and e.lead_id = ${leads.id} and ${endedStay()} and ${condition} offset 0)`
  const ofGroups = (groups: readonly StatusGroup[]) =>
    sql`(${isInGroup(tx, groups)} or ${hasLeft(sql`e.left_group in ${[...groups]}`)})`
  return and(
    given(step, (one) => ofGroups(groupsFromStep(one))),
    given(group, (one) => ofGroups([one])),
    given(
      statusId,
      (id) => sql`(${eq(leads.statusId, id)} or ${hasLeft(sql`e.left_status_id = ${id}`)})`
    )
  )
}
