import { and, eq, exists, gte, lt, sql } from 'drizzle-orm'
import type { Column, GetColumnData, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

import { inArray } from '../database/in-array.ts'
import type { Transaction } from '../database/client.ts'

/** The record of the transaction's dealer with this id. */
export function isRecord(
  tx: Transaction,
  table: { dealerId: Column; id: Column },
  id: string
): SQL | undefined {
  return and(eq(table.dealerId, tx.dealerId), eq(table.id, id))
}

/** The condition of a join: the record that `reference` of another record of the dealer names. */
export function isNamedBy(
  table: { dealerId: Column; id: Column },
  { dealerId }: { dealerId: Column },
  reference: Column
): SQL | undefined {
  return and(eq(table.dealerId, dealerId), eq(table.id, reference))
}

/** Whether there is a row of this table of which all that holds. */
export function existsIn(tx: Transaction, table: PgTable, ...conditions: (SQL | undefined)[]): SQL {
  const one = { one: sql`1` }
  return exists(
    tx.orm
      .select(one)
      .from(table)
      .where(and(...conditions))
  )
}

/** Conditions of filters. A filter that is absent is no condition. */

type Given<Value> = Value | null | undefined

export function given<Value>(
  value: Given<Value>,
  condition: (value: Value) => SQL | undefined
): SQL | undefined {
  return value === undefined || value === null ? undefined : condition(value)
}

export function eqIfGiven<Of extends Column>(
  column: Of,
  value: Given<GetColumnData<Of, 'raw'>>
): SQL | undefined {
  return given(value, (wanted) => eq(column, wanted))
}

export function inIfGiven<Of extends Column>(
  column: Of,
  values: Given<readonly GetColumnData<Of, 'raw'>[]>
): SQL | undefined {
  return given(values, (wanted) => inArray(column, [...wanted]))
}

export function gteIfGiven<Of extends Column>(
  column: Of,
  value: Given<GetColumnData<Of, 'raw'>>
): SQL | undefined {
  return given(value, (from) => gte(column, from))
}

export function ltIfGiven<Of extends Column>(
  column: Of,
  value: Given<GetColumnData<Of, 'raw'>>
): SQL | undefined {
  return given(value, (to) => lt(column, to))
}
