import { and, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, leadClocks, leads, operations } from '../../database/schema.ts'
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import type { ResponseMeasure } from '../../domain/reports/response-times.ts'
import { listLeadsWhere } from '../leads/leads.ts'
import type { Page, PageRequest } from '../paging.ts'
import { countedLeads } from './report-filter.ts'
import { given } from '../filters.ts'

/** One page of the leads behind a number of the response times; without a measure all it is about. */
export async function listResponseTimeLeads(
  tx: Transaction,
  {
    filter,
    measure,
    unassigned
  }: { filter: ReportFilter; measure: ResponseMeasure | null; unassigned: boolean },
  page: PageRequest
): Promise<Page<Lead>> {
  const condition = and(
    countedLeads(tx, filter),
    unassigned ? isNull(leads.assigneeId) : undefined,
    given(measure, hasResponseTime)
  )
  return await listLeadsWhere(tx, condition, page)
}

/**
 * The leads of which a response time is known, as a condition on `leads`: those that the report of
 * response times counts. It asks about one lead, so that a page of them needs no more than its own.
 */
function hasResponseTime(measure: ResponseMeasure): SQL {
  switch (measure) {
    case 'leadToContact':
      return hasClock(sql`k.attempted_at is not null`)
    case 'leadToReached':
      return hasClock(sql`k.reached_at is not null`)
    case 'leadToClient':
      return sql`${becameAt()} is not null`
    case 'clientToCall':
      return wasContacted(sql`a.type = 'call'`)
    case 'clientToMail':
      return wasContacted(sql`a.type = 'email'`)
    case 'clientToMeeting':
      return wasContacted(sql`a.type in ${[...MEETING_TYPES]}`)
  }
}

function hasClock(condition: SQL): SQL {
  return sql`exists (select 1 from ${leadClocks} k where k.dealer_id = ${leads.dealerId}
    and k.lead_id = ${leads.id} and ${condition})`
}

function wasContacted(condition: SQL): SQL {
  const isOne = sql`${condition} and ${wasDoneAfter(becameAt())}`
  return sql`(exists (select 1 from ${activities} a where a.dealer_id = ${leads.dealerId}
      and a.lead_id = ${leads.id} and ${isOne})
    or exists (select 1 from ${activities} a where a.dealer_id = ${leads.dealerId}
      and a.client_id = ${leads.clientId} and ${isOne}))`
}

/** When the lead got the client it has. */
function becameAt(): SQL {
  return sql`(select max(o.created_at) from ${operations} o where o.dealer_id = ${leads.dealerId}
    and o.lead_id = ${leads.id} and ${leads.clientId} is not null and ${gaveClient()})`
}

/** Of operations `o`: those that gave a lead its client, and were not undone. */
export function gaveClient(): SQL {
  return sql`o.state = 'done' and o.kind in ('link', 'conversion', 'move')`
}

/** Of activities `a`: those done at this time or later. */
export function wasDoneAfter(time: SQL): SQL {
  return sql`a.state = 'done' and a.user_id is not null and a.done_at >= ${time}`
}
