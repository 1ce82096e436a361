import { and, sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, leadClocks, leads, operations } from '../../database/schema.ts'
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import type { ResponseMeasure } from '../../domain/reports/response-times.ts'
import { listLeadsWhere } from '../leads/lead-pages.ts'
import type { Page, PageRequest } from '../paging.ts'
import { holderAt, wasNeverHeld } from './holders.ts'
import { LEAD, countedLeads, filterUsers, receivedLeads } from './report-filter.ts'

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
  if (measure === null) {
    const condition = and(countedLeads(tx, filter), unassigned ? wasNeverHeld(LEAD) : undefined)
    return await listLeadsWhere(tx, condition, page)
  }
  const users = filterUsers(tx, filter)
  const { happened, userId } = responseOf(measure)
  const condition = and(
    receivedLeads(tx, filter),
    happened,
    users === null ? undefined : sql`${userId} = any(${users})`,
    unassigned ? sql`${userId} is null` : undefined
  )
  return await listLeadsWhere(tx, condition, page)
}

/**
 * The leads of which a response time is known, as a condition on `leads`, and whose it is: those that
 * the report of response times counts. It asks about one lead, so that a page of them needs no more
 * than its own.
 */
function responseOf(measure: ResponseMeasure): { happened: SQL; userId: SQL } {
  switch (measure) {
    case 'leadToContact':
      return ofClock(sql`k.attempted_at`, sql`k.attempted_by`)
    case 'leadToReached':
      return ofClock(sql`k.reached_at`, sql`k.reached_by`)
    case 'leadToClient': {
      const at = becameAt(leads)
      return { happened: sql`${at} is not null`, userId: holderAt(LEAD, at) }
    }
    case 'clientToCall':
      return ofContact(sql`a.type = 'call'`)
    case 'clientToMail':
      return ofContact(sql`a.type = 'email'`)
    case 'clientToMeeting':
      return ofContact(sql`a.type in ${[...MEETING_TYPES]}`)
  }
}

function ofClock(at: SQL, by: SQL) {
  const clock = (what: SQL) => sql`(select ${what} from ${leadClocks} k
    where k.dealer_id = ${leads.dealerId} and k.lead_id = ${leads.id})`
  return { happened: sql`${clock(at)} is not null`, userId: clock(by) }
}

/** The first such activity of the client: of the lead that got the client first, as each counts once. */
function ofContact(condition: SQL) {
  const isOne = sql`${condition} and ${wasDoneAfter(becameAt(leads))}`
  const first = (what: SQL) => sql`(select ${what} from (
      (select a.user_id, a.done_at, a.id from ${activities} a where a.dealer_id = ${leads.dealerId}
        and a.lead_id = ${leads.id} and ${isOne} order by a.done_at, a.id limit 1)
      union all
      (select a.user_id, a.done_at, a.id from ${activities} a where a.dealer_id = ${leads.dealerId}
        and a.client_id = ${leads.clientId} and ${isOne} order by a.done_at, a.id limit 1)) f
    order by f.done_at, f.id limit 1)`
  const lead = { dealerId: sql`${leads.dealerId}`, id: sql`${leads.id}` }
  const known = { ...lead, clientId: sql`${leads.clientId}`, at: becameAt(leads) }
  return {
    happened: sql`(${first(sql`f.id`)} is not null and ${isFirstOfClient(known)})`,
    userId: first(sql`f.user_id`)
  }
}

/** When the lead got the client it has. */
function becameAt(lead: { dealerId: SQLWrapper; id: SQLWrapper; clientId: SQLWrapper }): SQL {
  return sql`(select max(o.created_at) from ${operations} o where o.dealer_id = ${lead.dealerId}
    and o.lead_id = ${lead.id} and ${lead.clientId} is not null and ${gaveClient()})`
}

/** Whether no other lead got this client before: the times of a client are those of its first lead. */
export function isFirstOfClient(lead: { dealerId: SQL; id: SQL; clientId: SQL; at: SQL }): SQL {
  const other = { dealerId: sql`l.dealer_id`, id: sql`l.id`, clientId: sql`l.client_id` }
  return sql`not exists (select 1 from ${leads} l where l.dealer_id = ${lead.dealerId}
    and l.client_id = ${lead.clientId} and l.id <> ${lead.id} and not l.is_test
    and (${becameAt(other)}, l.id) < (${lead.at}, ${lead.id}) offset 0)`
}

/** Of operations `o`: those that gave a lead its client, and were not undone. */
export function gaveClient(): SQL {
  return sql`o.state = 'done' and o.kind in ('link', 'conversion', 'move')`
}

/** Of activities `a`: those done at this time or later. */
export function wasDoneAfter(time: SQL): SQL {
  return sql`a.state = 'done' and a.user_id is not null and a.done_at >= ${time}`
}
