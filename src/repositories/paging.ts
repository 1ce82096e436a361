import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Where a page ended: the next begins after it. */
export interface PageCursor {
  at: Date
  id: string
}

export interface PageRequest {
  limit: number
  after: PageCursor | null
  descending: boolean
  /** The order by its name, where the list has several. */
  sort?: string
}

export interface Page<T> {
  data: T[]
  next: PageCursor | null
  /** Of a list of changes: where the next changes will be, also after the last page. */
  resume?: PageCursor | null
}

/**
 * The condition for rows after the cursor. Ties in time are broken by id, so that a page's end can
 * neither skip a row nor show it twice.
 */
export function afterCursor(
  time: PgColumn,
  id: PgColumn,
  { after, descending }: PageRequest
): SQL | undefined {
  if (after === null) return undefined
  const at = after.at.toISOString()
  return descending
    ? sql`(${time}, ${id}) < (${at}::timestamptz, ${after.id}::uuid)`
    : sql`(${time}, ${id}) > (${at}::timestamptz, ${after.id}::uuid)`
}

/** The order of a page. Both columns in one direction, so that one index serves both. */
export function pageOrder(time: PgColumn, id: PgColumn, { descending }: PageRequest): SQL[] {
  return descending ? [sql`${time} desc`, sql`${id} desc`] : [sql`${time} asc`, sql`${id} asc`]
}

/** The same for tables without an index by time: ids ascend with it, and the primary key serves. */
export function afterId(id: PgColumn, { after, descending }: PageRequest): SQL | undefined {
  if (after === null) return undefined
  return descending ? sql`${id} < ${after.id}::uuid` : sql`${id} > ${after.id}::uuid`
}

export function idOrder(id: PgColumn, { descending }: PageRequest): SQL {
  return descending ? sql`${id} desc` : sql`${id} asc`
}

/** The same for lists in an order chosen by a user: see `placeCursor`. */
export function afterPlace(
  position: PgColumn,
  id: PgColumn,
  { after }: PageRequest
): SQL | undefined {
  if (after === null) return undefined
  return sql`(${position}, ${id}) > (${after.at.getTime()}::int, ${after.id}::uuid)`
}

/** Cursors hold a time and an id; of a list by position, the position takes the time's place. */
export function placeCursor({ position, id }: { position: number; id: string }): PageCursor {
  return { at: new Date(position), id }
}

/**
 * A page from one row more than it holds: that row says whether there is a next, without counting.
 */
export function toPage<T>(
  rows: readonly T[],
  { limit }: PageRequest,
  cursorOf: (row: T) => PageCursor
): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
