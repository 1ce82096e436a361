// The one place that makes the lists of Drizzle.
// eslint-disable-next-line no-restricted-imports
import { inArray as drizzleInArray, eq, not, sql } from 'drizzle-orm'
import type { Column, SQL, SQLWrapper } from 'drizzle-orm'

type Wanted = readonly unknown[] | SQLWrapper

/**
 * Whether a column has one of these values, or one of a subquery. A list is one parameter, so that the
 * text of the statement, and its plan, is the same for any number of values beyond one.
 */
export function inArray(column: Column | SQL, wanted: Wanted): SQL {
  if (!isList(wanted)) return drizzleInArray(column as Column, wanted)
  // Of one value, an index has the rows in the order of its other columns.
  if (wanted.length === 1) return eq(column as Column, wanted[0])
  return sql`${column} = any(${sql.param(wanted, encoderOf(column))})`
}

/** Whether a column has none of these values. */
export function notInArray(column: Column | SQL, wanted: Wanted): SQL {
  return not(inArray(column, wanted))
}

function isList(wanted: Wanted): wanted is readonly unknown[] {
  return Array.isArray(wanted)
}

function encoderOf(column: Column | SQL) {
  return {
    mapToDriverValue: (values: readonly unknown[]) =>
      'mapToDriverValue' in column
        ? values.map((value) => column.mapToDriverValue(value))
        : [...values]
  }
}
