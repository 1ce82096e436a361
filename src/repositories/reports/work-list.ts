import { and, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, queues, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { WORK_MEASURES } from '../../domain/reports/work-list.ts'
import type { WorkMeasure, WorkRow } from '../../domain/reports/work-list.ts'
import { hasDeadline, isPastDeadline } from '../clock/deadlines.ts'
import { listLeadsWhere } from '../leads/lead-pages.ts'
import type { Page, PageRequest } from '../paging.ts'
import { heldLeads } from '../visibility.ts'
import { reference } from './reference.ts'
import { isInGroup, placedLeads } from './report-filter.ts'
import { given } from '../filters.ts'
import { forMembers } from '../for-members.ts'

/** The filter of the work list, and its time. */
interface AskedWork {
  principal: TenantPrincipal
  filter: ReportFilter
  queue?: string | undefined
  now: Date
  withinMinutes: number
}

/** The queue in which a lead waits: one with a client waits in none. */
const QUEUE = sql`case when ${leads.clientId} is null then ${leads.queueId} end`

/** The waiting leads of each queue and user that the caller sees. */
export async function countWork(tx: Transaction, asked: AskedWork): Promise<WorkRow[]> {
  const counts = WORK_MEASURES.map(
    (measure) => sql`${measure}::text, count(*) filter (where ${workCondition(tx, measure, asked)})`
  )
  // Each of the two has an index of its own: most leads are assigned and have no deadline.
  const waits = or(isNull(leads.assigneeId), isNotNull(leads.respondBy))
  const { rows } = await tx.orm.execute<WorkRow & Record<string, unknown>>(sql`
    select ${reference(queues)} as queue, ${reference(users)} as "user", work.counts
    from (select ${QUEUE} as queue_id, ${leads.assigneeId},
        jsonb_build_object(${sql.join(counts, sql`, `)}) as counts
      from ${leads} where ${openWork(tx, asked)} and ${waits}
      group by 1, ${leads.assigneeId}) work
    left join ${queues} on ${queues.dealerId} = ${tx.dealerId} and ${queues.id} = work.queue_id
    left join ${users} on ${users.dealerId} = ${tx.dealerId} and ${users.id} = work.assignee_id
    order by ${queues.name} nulls last, ${users.name}, ${queues.id}, ${users.id}`)
  return rows.filter(({ counts: all }) => WORK_MEASURES.some((measure) => all[measure] > 0))
}

/** One page of the leads behind a number. */
export async function listWork(
  tx: Transaction,
  measure: WorkMeasure,
  asked: AskedWork,
  page: PageRequest
): Promise<Page<Lead>> {
  return await listLeadsWhere(tx, and(openWork(tx, asked), workCondition(tx, measure, asked)), page)
}

function workCondition(
  tx: Transaction,
  measure: WorkMeasure,
  { now, withinMinutes }: AskedWork
): SQL | undefined {
  switch (measure) {
    case 'unassigned':
      return and(isNull(leads.assigneeId), isNull(leads.clientId))
    case 'overdue':
      return isPastDeadline(tx, now)
    case 'dueSoon':
      return and(
        hasDeadline(tx),
        gt(leads.respondBy, now),
        lte(leads.respondBy, new Date(now.getTime() + withinMinutes * 60_000))
      )
  }
}

/** Leads that wait for work and are theirs to work on: a member's own, and those that wait in their queues. */
function openWork(tx: Transaction, { principal, filter, queue }: AskedWork): SQL | undefined {
  return and(
    placedLeads(tx, filter),
    isNull(leads.quarantineReason),
    isInGroup(tx, AWAITED_GROUPS),
    given(queue, (id) => and(eq(leads.queueId, id), isNull(leads.clientId))),
    forMembers(principal, heldLeads)
  )
}
