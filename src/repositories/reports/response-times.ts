import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, leadClocks, leads, operations } from '../../database/schema.ts'
import { CONTACT_TYPES, MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { WorkingCalendar } from '../../domain/clock/working-calendar.ts'
import { monthsOf } from '../../domain/reports/period.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { RESPONSE_MEASURES, noTimes } from '../../domain/reports/response-times.ts'
import type {
  FoundTimes,
  ResponseBreakdown,
  ResponseMeasure,
  Spread
} from '../../domain/reports/response-times.ts'
import {
  calendarTable,
  millisecondsOf,
  secondsBetween,
  spreadOf,
  workedUntil
} from './durations.ts'
import { holderAt, holdersOf, wasHeldBy } from './holders.ts'
import { areMany } from './measures.ts'
import { reachOf, withTables } from './reach.ts'
import type { Reach } from './reach.ts'
import { filterUsers, periodLeads, receivedLeads } from './report-filter.ts'
import { gaveClient, isFirstOfClient, wasDoneAfter } from './response-conditions.ts'

/**
 * How long things took, of all leads that the filter lets through and, if wanted, of each source, user
 * or month. `calendar` is of the time from the period's start to `now`.
 */
export async function measureResponseTimes(
  tx: Transaction,
  asked: {
    filter: ReportFilter
    by: ResponseBreakdown | null
    calendar: WorkingCalendar
    now: Date
  }
): Promise<FoundTimes[]> {
  const { filter, by, calendar, now } = asked
  const wantsUsers = by === 'user' || filterUsers(tx, filter) !== null
  const byKey = by === null ? sql`` : sql`, (key)`
  const total = by === null ? sql`true` : sql`grouping(key) = 1`
  const key = by === null ? sql`null` : sql`key`
  const ofMeasures = by === null ? sql`` : sql`, (measure, key)`
  const isMany = await areMany(tx, periodLeads(tx, filter))
  const reach = reachOf(tx, { of: receivedLeads(tx, filter), isMany })
  const tables = withTables(
    calendarTable(calendar),
    reach.spans,
    cohort(tx, filter, by),
    became(reach),
    contacts(tx, reach, now),
    clocked(reach),
    moments(tx, { wantsUsers }),
    durations(tx, filter, by),
    received(tx, filter, by)
  )
  const { rows } = await tx.orm.execute<FoundRow & Record<string, unknown>>(sql`${tables}
    select ${total} as "isTotal", ${key} as key, null as measure, count(distinct id)::int as count,
      null::jsonb as seconds, null::jsonb as "workingSeconds"
    from received group by grouping sets (()${byKey})
    union all
    select ${total}, ${key}, measure, count(*)::int, ${spreadOf(sql`seconds`)}, ${spreadOf(sql`working`)}
    from durations group by grouping sets ((measure)${ofMeasures})`)
  return joinTimes(rows)
}

interface FoundRow {
  isTotal: boolean
  key: string | null
  /** Null: how many leads were received. */
  measure: ResponseMeasure | null
  count: number
  seconds: Spread
  workingSeconds: Spread
}

/** The numbers of a key, which are found one by one. */
function joinTimes(rows: readonly FoundRow[]): FoundTimes[] {
  const found = new Map<string, FoundTimes>()
  for (const { isTotal, key, measure, count, seconds, workingSeconds } of rows) {
    const place = JSON.stringify([isTotal, key])
    const before = found.get(place) ?? { isTotal, key, received: 0, times: noTimes() }
    const times =
      measure === null
        ? before.times
        : { ...before.times, [measure]: { count, seconds, workingSeconds } }
    found.set(place, { ...before, times, received: measure === null ? count : before.received })
  }
  return [...found.values()]
}

/** The leads of all users: what was done about one counts for who did it. */
function cohort(tx: Transaction, filter: ReportFilter, by: ResponseBreakdown | null): SQL {
  return sql`cohort as materialized (
    select ${leads.id}, ${leads.receivedAt}, ${leads.clientId}, ${leads.assigneeId},
      ${keyOf(filter, by)} as key
    from ${leads} where ${receivedLeads(tx, filter)})`
}

/** Of a cohort's lead. */
function heldLead(tx: Transaction) {
  return { dealerId: sql`${tx.dealerId}`, id: sql`c.id`, assigneeId: sql`c.assignee_id` }
}

/** The leads that the filter's users had, by user for each of them who had it; none: without a user. */
function received(tx: Transaction, filter: ReportFilter, by: ResponseBreakdown | null): SQL {
  const lead = heldLead(tx)
  const users = filterUsers(tx, filter)
  if (by !== 'user') {
    const isCounted = users === null ? sql`true` : wasHeldBy(lead, users)
    return sql`received as (select c.id, c.key from cohort c where ${isCounted})`
  }
  const isCounted = users === null ? sql`true` : sql`h.user_id = any(${users})`
  return sql`received as (select c.id, h.user_id::text as key
    from cohort c left join lateral (${holdersOf(lead)}) h on true where ${isCounted})`
}

function keyOf({ period }: ReportFilter, by: ResponseBreakdown | null): SQL {
  switch (by) {
    case null:
    case 'user':
      return sql`null::text`
    case 'source':
      return sql`${leads.sourceId}::text`
    case 'month': {
      const starts = monthsOf(period).map(({ start }) => start.toISOString())
      return sql`width_bucket(${leads.receivedAt}, ${sql.param(starts)}::timestamptz[])::text`
    }
  }
}

/** When each lead got the client it has: what gave it one and was not undone, the last of several. */
function became(reach: Reach): SQL {
  return sql`became as materialized (
    select c.id, c.client_id, max(o.created_at) as at
    from ${reach.rowsOf(operations, 'o', gaveClient())} join cohort c on c.id = o.lead_id
    where c.client_id is not null
    group by c.id, c.client_id)`
}

/**
 * The first activity after that, about the lead or about the client, and who did it. Each has an index
 * of its own; an `or` between them would use neither. Activities dated in the future do not count.
 */
function contacts(tx: Transaction, reach: Reach, now: Date): SQL {
  const columns = sql`b.id, a.type, a.user_id, a.done_at, a.id as activity_id,
    least(a.done_at, ${now.toISOString()}::timestamptz) as at`
  const first = (which: SQL) => sql`min(at) filter (where ${which})`
  const user = (which: SQL) =>
    sql`(array_agg(user_id order by done_at, activity_id) filter (where ${which}))[1]`
  const kinds = [
    ['call', sql`type = 'call'`],
    ['mail', sql`type = 'email'`],
    ['meeting', sql`type in ${[...MEETING_TYPES]}`]
  ] as const
  const named = kinds.map(
    ([name, which]) => sql`${first(which)} as ${sql.identifier(name)},
      ${user(which)} as ${sql.identifier(`${name}_by`)}`
  )
  const isContact = sql`a.type in ${[...CONTACT_TYPES]}`
  const isAfter = wasDoneAfter(sql`b.at`)
  const clientOf = { dealerId: sql`${tx.dealerId}`, id: sql`d.id`, clientId: sql`d.client_id` }
  // Whether no other lead got the client before is asked of the few leads with contacts: hence the fence.
  return sql`done as (
    select ${columns} from ${reach.rowsOf(activities, 'a', isContact)}
    join became b on b.id = a.lead_id where ${isAfter}
    union all
    select ${columns} from became b
    join ${activities} a on a.dealer_id = ${tx.dealerId} and a.client_id = b.client_id where ${isContact} and ${isAfter}
  ), contacts as (
    select * from (
      select d.*, b.client_id, b.at as became_at
      from (select id, ${sql.join(named, sql`, `)} from done group by id) d join became b on b.id = d.id
      offset 0
    ) d where ${isFirstOfClient({ ...clientOf, at: sql`d.became_at` })})`
}

/** The first contacts of leads that had one. The working time was measured then, by the hours of the queue. */
function clocked(reach: Reach): SQL {
  return sql`clocked as materialized (
    select c.key, ${millisecondsOf(sql`c.received_at`)} as received,
      ${millisecondsOf(sql`k.attempted_at`)} as attempted, k.attempted_working_seconds, k.attempted_by,
      ${millisecondsOf(sql`k.reached_at`)} as reached, k.reached_working_seconds, k.reached_by
    from ${reach.rowsOf(leadClocks, 'k', sql`k.attempted_at is not null or k.reached_at is not null`)}
    join cohort c on c.id = k.lead_id)`
}

/**
 * The moments of leads that got a client, in milliseconds, and how much had been worked by then. Without the
 * fence (`offset 0`) each would be computed again wherever it is used.
 */
function moments(tx: Transaction, { wantsUsers }: { wantsUsers: boolean }): SQL {
  const worked = ['received', 'became', 'call', 'mail', 'meeting'].map(
    (moment) =>
      sql`${workedUntil(sql`${sql.identifier(moment)}`)} as ${sql.identifier(`${moment}Worked`)}`
  )
  // Looked up only where it is asked for: it takes two looks into the history of each lead.
  const holder = wantsUsers ? holderAt(heldLead(tx), sql`b.at`) : sql`null::uuid`
  return sql`times as (
    select c.key, ${millisecondsOf(sql`c.received_at`)} as received,
      ${millisecondsOf(sql`b.at`)} as became, ${millisecondsOf(sql`d.call`)} as call,
      ${millisecondsOf(sql`d.mail`)} as mail, ${millisecondsOf(sql`d.meeting`)} as meeting,
      ${holder} as became_by, d.call_by, d.mail_by, d.meeting_by
    from became b
    join cohort c on c.id = b.id
    left join contacts d on d.id = b.id
    offset 0
  ), moments as materialized (select *, ${sql.join(worked, sql`, `)} from times)`
}

/** A row for each time that is known, and whose it is. */
function durations(tx: Transaction, filter: ReportFilter, by: ResponseBreakdown | null): SQL {
  const between = (from: string, to: string) =>
    ['', 'Worked'].map((suffix) =>
      secondsBetween(sql`${sql.identifier(from + suffix)}`, sql`${sql.identifier(to + suffix)}`)
    )
  const contact = (name: string) => [
    secondsBetween(sql`received`, sql`${sql.identifier(name)}`),
    sql`${sql.identifier(`${name}_working_seconds`)}`
  ]
  const found: Record<ResponseMeasure, { of: string; by: string; times: SQL[] }> = {
    leadToContact: { of: 'clocked', by: 'attempted_by', times: contact('attempted') },
    leadToReached: { of: 'clocked', by: 'reached_by', times: contact('reached') },
    leadToClient: { of: 'moments', by: 'became_by', times: between('received', 'became') },
    clientToCall: { of: 'moments', by: 'call_by', times: between('became', 'call') },
    clientToMail: { of: 'moments', by: 'mail_by', times: between('became', 'mail') },
    clientToMeeting: { of: 'moments', by: 'meeting_by', times: between('became', 'meeting') }
  }
  const users = filterUsers(tx, filter)
  const known = RESPONSE_MEASURES.map((measure) => {
    const { of, by: user, times } = found[measure]
    const [seconds = sql`null`, working = sql`null`] = times
    return sql`select ${by === 'user' ? sql`${sql.identifier(user)}::text` : sql`key`} as key,
        ${measure}::text as measure, ${seconds} as seconds, ${working} as working
      from ${sql.identifier(of)} where ${seconds} is not null
        and ${users === null ? sql`true` : sql`${sql.identifier(user)} = any(${users})`}`
  })
  return sql`durations as (${sql.join(known, sql` union all `)})`
}
