import { and, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import { afterCursor, pageOrder, toPage } from './paging.ts'
import type { Page, PageCursor, PageRequest } from './paging.ts'
import { sortCursor, sortParts } from './sorting.ts'
import type { SortKey } from './sorting.ts'

/**
 * Lists of changes, for clients that keep a copy. Times can't order them: a transaction may commit
 * long after the time that it wrote, and a reader who is past that time never sees it. So a trigger
 * notes the transaction of each change (`changed_in`), and a list ends before the first transaction
 * that is still running: what commits later comes later in the list.
 */

/** Whether `sort` asks for changes in their order. */
export function asksChanges({ sort, descending }: PageRequest): boolean {
  return sort === 'updatedAt' && !descending
}

export function changeKey(column: PgColumn): SortKey {
  return { column, kind: 'number', nullable: false }
}

/** No transaction before this one is still running, so nothing can be added there. */
export function isSettled(column: PgColumn): SQL {
  return sql`${column} < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
}

/** A page of changes; also the last one says where the next changes will be. */
export function toChangePage<Row>(
  rows: readonly Row[],
  page: PageRequest,
  cursorOf: (row: Row) => PageCursor
): Page<Row> {
  const found = toPage(rows, page, cursorOf)
  const last = found.data.at(-1)
  return { ...found, resume: last === undefined ? page.after : cursorOf(last) }
}

/** A table that keeps the transaction of each row's last change. */
interface ChangedTable {
  id: PgColumn
  updatedAt: PgColumn
  changedIn: PgColumn
}

/** Where a page of a list begins, and its order: by this time, by the last change, or that of changes. */
export function pagePlace(
  table: ChangedTable,
  time: PgColumn,
  page: PageRequest
): { condition: SQL | undefined; order: SQL[] } {
  if (asksChanges(page)) {
    const [part] = sortParts(changeKey(table.changedIn), table.id, page)
    return {
      condition: and(isSettled(table.changedIn), part?.condition),
      order: part?.order ?? []
    }
  }
  const column = page.sort === 'updatedAt' ? table.updatedAt : time
  return {
    condition: afterCursor(column, table.id, page),
    order: pageOrder(column, table.id, page)
  }
}

/** The page of rows that were read at their `pagePlace`. */
export function toPlacedPage<Row extends { id: string; updatedAt: Date; changedIn: number }>(
  rows: readonly Row[],
  page: PageRequest,
  cursorOf: (row: Row) => PageCursor
): Page<Row> {
  if (asksChanges(page)) {
    return toChangePage(rows, page, ({ changedIn, id }) => sortCursor(changedIn, id))
  }
  if (page.sort !== 'updatedAt') return toPage(rows, page, cursorOf)
  return toPage(rows, page, ({ updatedAt, id }) => ({ at: updatedAt, id }))
}
