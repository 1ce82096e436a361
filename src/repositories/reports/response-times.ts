import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, leadClocks, leads, operations } from '../../database/schema.ts'
import { CONTACT_TYPES, MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { WorkingCalendar } from '../../domain/clock/working-calendar.ts'
import { monthsOf } from '../../domain/reports/period.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { RESPONSE_MEASURES } from '../../domain/reports/response-times.ts'
import type { FoundTimes, ResponseBreakdown } from '../../domain/reports/response-times.ts'
import {
  calendarTable,
  millisecondsOf,
  secondsBetween,
  spreadOf,
  workedUntil
} from './durations.ts'
import { countedLeads } from './report-filter.ts'
import { gaveClient, wasDoneAfter } from './response-conditions.ts'

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
  const times = RESPONSE_MEASURES.map((measure) => {
    const [seconds, working] = [sql.identifier(measure), sql.identifier(`${measure}Working`)]
    return sql`${measure}::text, jsonb_build_object('count', count(${seconds}),
      'seconds', ${spreadOf(sql`${seconds}`)}, 'workingSeconds', ${spreadOf(sql`${working}`)})`
  })
  const { rows } = await tx.orm.execute<FoundTimes & Record<string, unknown>>(sql`
    with ${calendarTable(calendar)}, ${cohort(tx, filter, by)}, ${became(tx)}, ${contacts(tx, now)},
      ${moments(tx)}, ${durations()}
    select ${by === null ? sql`true` : sql`grouping(key) = 1`} as "isTotal",
      ${by === null ? sql`null` : sql`key`} as key, count(*)::int as received,
      jsonb_build_object(${sql.join(times, sql`, `)}) as times
    from durations group by grouping sets (${by === null ? sql`()` : sql`(), (key)`})`)
  return rows
}

function cohort(tx: Transaction, filter: ReportFilter, by: ResponseBreakdown | null): SQL {
  return sql`cohort as materialized (
    select ${leads.id}, ${leads.receivedAt}, ${leads.clientId},
      ${keyOf(filter, by)} as key
    from ${leads} where ${countedLeads(tx, filter)})`
}

function keyOf({ period }: ReportFilter, by: ResponseBreakdown | null): SQL {
  switch (by) {
    case null:
      return sql`null::text`
    case 'source':
      return sql`${leads.sourceId}::text`
    case 'user':
      return sql`${leads.assigneeId}::text`
    case 'month': {
      const starts = monthsOf(period).map(({ start }) => start.toISOString())
      return sql`width_bucket(${leads.receivedAt}, ${sql.param(starts)}::timestamptz[])::text`
    }
  }
}

/** When each lead got the client it has: what gave it one and was not undone, the last of several. */
function became(tx: Transaction): SQL {
  return sql`became as materialized (
    select c.id, c.client_id, max(o.created_at) as at
    from cohort c
    join ${operations} o on o.dealer_id = ${tx.dealerId} and o.lead_id = c.id
    where c.client_id is not null and ${gaveClient()}
    group by c.id, c.client_id)`
}

/**
 * The first activity after that, about the lead or about the client. Each has an index of its own;
 * an `or` between them would use neither. Activities dated in the future do not count.
 */
function contacts(tx: Transaction, now: Date): SQL {
  const at = sql`least(a.done_at, ${now.toISOString()}::timestamptz) as at`
  const first = (which: SQL) => sql`min(at) filter (where ${which})`
  const done = sql`a.type in ${[...CONTACT_TYPES]} and ${wasDoneAfter(sql`b.at`)}`
  return sql`done as (
    select b.id, a.type, ${at} from became b
    join ${activities} a on a.dealer_id = ${tx.dealerId} and a.lead_id = b.id where ${done}
    union all
    select b.id, a.type, ${at} from became b
    join ${activities} a on a.dealer_id = ${tx.dealerId} and a.client_id = b.client_id where ${done}
  ), contacts as (
    select id, ${first(sql`type = 'call'`)} as call, ${first(sql`type = 'email'`)} as mail,
      ${first(sql`type in ${[...MEETING_TYPES]}`)} as meeting
    from done group by id)`
}

/**
 * Each lead's moments in milliseconds, and how much had been worked by then. Without the fence
 * (`offset 0`) each would be computed again wherever it is used.
 */
function moments(tx: Transaction): SQL {
  const worked = ['became', 'call', 'mail', 'meeting'].map(
    (moment) =>
      sql`${workedUntil(sql`${sql.identifier(moment)}`)} as ${sql.identifier(`${moment}Worked`)}`
  )
  // Of when it came, only where something is measured from then on: most leads get no client.
  const received = workedUntil(sql`case when became is not null then received end`)
  return sql`times as (
    select c.key, ${millisecondsOf(sql`c.received_at`)} as received,
      ${millisecondsOf(sql`k.attempted_at`)} as attempted, k.attempted_working_seconds,
      ${millisecondsOf(sql`k.reached_at`)} as reached, k.reached_working_seconds,
      ${millisecondsOf(sql`b.at`)} as became, ${millisecondsOf(sql`d.call`)} as call,
      ${millisecondsOf(sql`d.mail`)} as mail, ${millisecondsOf(sql`d.meeting`)} as meeting
    from cohort c
    left join ${leadClocks} k on k.dealer_id = ${tx.dealerId} and k.lead_id = c.id
    left join became b on b.id = c.id
    left join contacts d on d.id = c.id
    offset 0
  ), moments as (
    select *, ${received} as "receivedWorked", ${sql.join(worked, sql`, `)} from times offset 0)`
}

/** The working time until a first contact was measured when it happened, by the hours of its queue. */
function durations(): SQL {
  const between = (from: string, to: string, measure: string) => {
    const both = (suffix: string) =>
      secondsBetween(sql`${sql.identifier(from + suffix)}`, sql`${sql.identifier(to + suffix)}`)
    return sql`${both('')} as ${sql.identifier(measure)},
      ${both('Worked')} as ${sql.identifier(`${measure}Working`)}`
  }
  return sql`durations as (
    select key,
      ${secondsBetween(sql`received`, sql`attempted`)} as "leadToContact",
      attempted_working_seconds as "leadToContactWorking",
      ${secondsBetween(sql`received`, sql`reached`)} as "leadToReached",
      reached_working_seconds as "leadToReachedWorking",
      ${between('received', 'became', 'leadToClient')},
      ${between('became', 'call', 'clientToCall')},
      ${between('became', 'mail', 'clientToMail')},
      ${between('became', 'meeting', 'clientToMeeting')}
    from moments)`
}
