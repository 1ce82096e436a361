import { and, asc, eq, gt } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { importRows } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { StoredRow } from '../../domain/imports/import.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

const INSERT = statement(
  'import-rows',
  {
    importId: 'uuid',
    numbers: 'integer[]',
    lines: 'integer[]',
    cells: 'text[]',
    faults: 'text?[]',
    repairs: 'text?[]'
  },
  `insert into import_rows (dealer_id, import_id, number, line, cells, fault, repair)
   select :dealerId, :importId, r.number, r.line, r.cells::text[], r.fault::jsonb, r.repair::jsonb
   from unnest(:numbers, :lines, :cells, :faults, :repairs) as r(number, line, cells, fault, repair)`
)

/** Stores rows as they were read, in one statement. */
export async function insertImportRows(
  tx: Transaction,
  importId: string,
  rows: readonly StoredRow[]
): Promise<void> {
  await tx.run(INSERT, {
    importId,
    numbers: rows.map(({ number }) => number),
    lines: rows.map(({ line }) => line),
    cells: rows.map(({ cells }) => arrayLiteral(cells)),
    faults: rows.map(({ fault }) => fault && JSON.stringify(fault)),
    repairs: rows.map(({ repair }) => repair && JSON.stringify(repair))
  })
}

/** Rows are of different lengths, and PostgreSQL's arrays of arrays are not: each goes as its text. */
function arrayLiteral(cells: readonly (string | null)[]): string {
  const items = cells.map((cell) =>
    cell === null ? 'NULL' : `"${cell.replace(/["\\]/g, (sign) => `\\${sign}`)}"`
  )
  return `{${items.join(',')}}`
}

/** One page of an import's rows, by their numbers. */
export async function listImportRows(
  tx: Transaction,
  importId: string,
  page: PageRequest
): Promise<Page<StoredRow>> {
  const rows = await tx.orm
    .select({
      number: importRows.number,
      line: importRows.line,
      cells: importRows.cells,
      fault: importRows.fault,
      repair: importRows.repair
    })
    .from(importRows)
    .where(
      and(
        eq(importRows.dealerId, tx.dealerId),
        eq(importRows.importId, importId),
        // The cursor holds the number in the place of a time.
        page.after ? gt(importRows.number, page.after.at.getTime()) : undefined
      )
    )
    .orderBy(asc(importRows.number))
    .limit(page.limit + 1)
  return toPage(rows, page, ({ number }) => ({ at: new Date(number), id: importId }))
}

const REMOVE = statement(
  'import-rows-remove',
  { importId: 'uuid', limit: 'integer' },
  `with gone as (
     delete from import_rows where dealer_id = :dealerId and import_id = :importId and number in (
       select number from import_rows where dealer_id = :dealerId and import_id = :importId
       order by number limit :limit)
     returning number)
   select count(*)::integer as count from gone`
).returning<{ count: number }>()

/** Removes so many rows at most, the first first, and returns how many there were. */
export async function removeImportRows(
  tx: Transaction,
  importId: string,
  limit: number
): Promise<number> {
  const [row] = await tx.run(REMOVE, { importId, limit })
  return row?.count ?? 0
}

const NEXT = statement(
  'import-next-rows',
  { importId: 'uuid', after: 'integer', limit: 'integer' },
  `select number, line, cells, fault, repair from import_rows
   where dealer_id = :dealerId and import_id = :importId and number > :after
   order by number limit :limit`
).returning<StoredRow>()

/** The rows that come after one, in the order of the file. */
export async function listNextRows(
  tx: Transaction,
  importId: string,
  page: { after: number; limit: number }
): Promise<StoredRow[]> {
  return await tx.run(NEXT, { importId, ...page })
}
