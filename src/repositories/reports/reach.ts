import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'

/**
 * How a report reads the rows of other tables about the leads it counts. Of many leads it reads all rows
 * of the dealer. Of fewer it reads those of spans of lead ids: an id begins with the time at which it was
 * made, so that the leads of a period are neighbours in each index by lead, and one look finds hundreds.
 * A span may hold other leads as well: rows are joined to the leads that count in both cases.
 */
export interface Reach {
  /** A table for the statement's `with`, or null. */
  spans: SQL | null
  /** The rows of a table with `dealer_id` and `lead_id` of which this holds, as this alias: for `from`. */
  rowsOf: (table: PgTable, alias: string, where: SQL) => SQL
}

/** From how many leads on whole tables are read. Tests read both ways. */
export const REACH = { manyLeads: 300_000 }

/** The first digits of the ids of a span. These were made within 2^24 ms, which are 4.7 hours. */
const SPAN_DIGITS = 6

/** `of` is the condition on the leads that count. */
export function reachOf(
  tx: Transaction,
  { of, isMany }: { of: SQL | undefined; isMany: boolean }
): Reach {
  const rowsOf = (
    table: PgTable,
    alias: string,
    where: SQL
  ) => sql`select * from ${table} ${sql.raw(alias)}
    where ${sql.raw(alias)}.dealer_id = ${tx.dealerId} and (${where})`
  if (isMany) {
    return {
      spans: null,
      rowsOf: (table, alias, where) => sql`(${rowsOf(table, alias, where)}) ${sql.raw(alias)}`
    }
  }
  // An array, of which PostgreSQL expects few: it would expect a span for each lead.
  const spans = sql`spans as materialized (
    select (digits || ${restOf('0')})::uuid as first, (digits || ${restOf('f')})::uuid as last
    from unnest(array(select distinct left(${leads.id}::text, ${sql.raw(String(SPAN_DIGITS))})
      from ${leads} where ${of})) as digits)`
  return {
    spans,
    // Two fences (`offset 0`): the rows of each span are looked up, and then joined to others all at once.
    rowsOf: (table, alias, where) => sql`(select ${sql.raw(alias)}.* from spans cross join lateral (
      ${rowsOf(table, alias, where)} and ${sql.raw(alias)}.lead_id between spans.first and spans.last
      offset 0) ${sql.raw(alias)} offset 0) ${sql.raw(alias)}`
  }
}

/** The digits of an id that follow those of its span, all the same. */
function restOf(digit: '0' | 'f'): SQL {
  const rest = '00000000-0000-0000-0000-000000000000'.slice(SPAN_DIGITS).replaceAll('0', digit)
  return sql.raw(`'${rest}'`)
}

/** The head of a statement with these tables, as far as there are any. */
export function withTables(...tables: (SQL | null)[]): SQL {
  const there = tables.filter((table) => table !== null)
  return there.length === 0 ? sql`` : sql`with ${sql.join(there, sql`, `)} `
}
