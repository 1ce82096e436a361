import { and, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { PageCursor, PageRequest } from './paging.ts'

/** Lists in other orders than that of creation. */

/** What a list is ordered by. Ties are broken by id, and rows without a value come last. */
export interface SortKey {
  column: PgColumn
  kind: 'time' | 'number'
  nullable: boolean
}

/** A part of a page: rows that have a value, or those that have none, which come after them. */
interface SortPart {
  condition: SQL | undefined
  order: SQL[]
  /**
   * The same order, which no index has: for few rows that are found by another index. PostgreSQL would
   * rather walk through the order until it has met enough of them, which may be all of a dealer's rows.
   */
  sorted: SQL[]
}

/** Stands in a cursor for the value of rows that have none. */
const WITHOUT_VALUE = new Date('0001-01-01T00:00:00.000Z')

/** The place of a row in a list. A number takes the place of the time, as in `placeCursor`. */
export function sortCursor(value: Date | number | null, id: string): PageCursor {
  return { at: value === null ? WITHOUT_VALUE : new Date(value), id }
}

/**
 * The parts of a page, of which each is one range of one index. With values and their absence in one
 * range, PostgreSQL would sort all rows: a row comparison has no place for null.
 */
export function sortParts(
  { column, kind, nullable }: SortKey,
  id: PgColumn,
  { after, descending }: PageRequest
): SortPart[] {
  const [direction, beyond] = descending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
  const order = [sql`${column} ${direction}`, sql`${id} ${direction}`]
  const none = kind === 'time' ? sql`interval '0'` : sql`0`
  const sorted = [sql`(${column} + ${none}) ${direction}`, sql`${id} ${direction}`]
  const isInRest = after?.at.getTime() === WITHOUT_VALUE.getTime()
  const value =
    after &&
    (kind === 'time'
      ? sql`${after.at.toISOString()}::timestamptz`
      : sql`${after.at.getTime()}::bigint`)
  const valued = {
    condition: and(
      nullable ? isNotNull(column) : undefined,
      after ? sql`(${column}, ${id}) ${beyond} (${value}, ${after.id}::uuid)` : undefined
    ),
    order,
    sorted
  }
  if (!nullable) return [valued]
  const rest = {
    condition: and(
      isNull(column),
      after && isInRest ? sql`${id} ${beyond} ${after.id}::uuid` : undefined
    ),
    order,
    sorted
  }
  return isInRest ? [rest] : [valued, rest]
}

/** The rows of a page and one more, part by part: most pages need only one. */
export async function readParts<Row>(
  parts: readonly SortPart[],
  { limit }: PageRequest,
  select: (part: SortPart, limit: number) => Promise<Row[]>
): Promise<Row[]> {
  const rows: Row[] = []
  for (const part of parts) {
    const left = limit + 1 - rows.length
    if (left > 0) rows.push(...(await select(part, left)))
  }
  return rows
}
