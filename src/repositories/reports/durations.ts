import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { WorkingCalendar } from '../../domain/clock/working-calendar.ts'

/** How reports compute with time in SQL: in whole milliseconds since 1970, as the domain does. */

/** A time as milliseconds. Seconds as a fraction are exact to less than half of one. */
export function millisecondsOf(time: SQL): SQL {
  return sql`(date_part('epoch', ${time}) * 1000)::bigint`
}

/** Whole seconds from one time in milliseconds to another; what came before took no time. */
export function secondsBetween(from: SQL, to: SQL): SQL {
  return sql`case when ${to} >= ${from} then (${to} - ${from}) / 1000 when ${to} < ${from} then 0 end`
}

/** The table `calendar`, of one row, for `workedUntil`. */
export function calendarTable({ starts, lengths, before }: WorkingCalendar): SQL {
  return sql`calendar as materialized (
    select ${sql.param(starts)}::bigint[] as starts, ${sql.param(lengths)}::bigint[] as lengths,
      ${sql.param(before)}::bigint[] as before)`
}

/**
 * How much of the calendar has been worked at a time, in milliseconds. Its arrays are looked up once
 * for a statement, and the interval in them by halving. Before the first there is none: element 0 is
 * null.
 */
export function workedUntil(time: SQL): SQL {
  const interval = sql`width_bucket(${time}, (select starts from calendar))`
  return sql`case when ${time} is not null then coalesce(
    (select before from calendar)[${interval}] + least(
      ${time} - (select starts from calendar)[${interval}],
      (select lengths from calendar)[${interval}]), 0) end`
}

/** Count, mean, median and 90th percentile of a column of seconds, as members of an object. */
export function spreadOf(seconds: SQL): SQL {
  return sql`jsonb_build_object('mean', avg(${seconds}),
    'median', percentile_cont(0.5) within group (order by ${seconds}),
    'p90', percentile_cont(0.9) within group (order by ${seconds}))`
}
