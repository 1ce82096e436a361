import { and, eq, isNull, lt } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { importProblems, imports } from '../../database/schema.ts'
import type { Import } from '../../domain/imports/import.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { isRecord } from '../filters.ts'
import { removeImportFile } from './import-files.ts'

export async function insertImport(tx: Transaction, one: Import): Promise<void> {
  const { actor, ...rest } = one
  await tx.orm.insert(imports).values({ dealerId: tx.dealerId, ...rest, ...actorColumns(actor) })
}

export async function findImport(tx: Transaction, id: string): Promise<Import | null> {
  const [row] = await tx.orm
    .select()
    .from(imports)
    .where(isRecord(tx, imports, id))
  return row ? toImport(row) : null
}

export async function listImports(tx: Transaction, page: PageRequest): Promise<Page<Import>> {
  const rows = await tx.orm
    .select()
    .from(imports)
    .where(and(eq(imports.dealerId, tx.dealerId), afterCursor(imports.createdAt, imports.id, page)))
    .orderBy(...pageOrder(imports.createdAt, imports.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toImport), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Notes how much has come in, as long as the import is still receiving: false, where it is not. */
export async function noteReceived(
  tx: Transaction,
  id: string,
  received: Pick<Import, 'rows' | 'bytes'>,
  now: Date
): Promise<boolean> {
  const noted = await tx.orm
    .update(imports)
    .set({ ...received, updatedAt: now })
    .where(and(isRecord(tx, imports, id), eq(imports.state, 'receiving')))
    .returning({ id: imports.id })
  return noted.length > 0
}

/** Removes an import whose rows are gone, with its file and what dry runs found in it. */
export async function deleteImport(tx: Transaction, id: string): Promise<void> {
  await removeImportFile(tx, id)
  await tx.orm
    .delete(importProblems)
    .where(and(eq(importProblems.dealerId, tx.dealerId), eq(importProblems.importId, id)))
  await tx.orm.delete(imports).where(isRecord(tx, imports, id))
}

/** Imports that are untouched since then and never ran, the oldest first. */
export async function findStaleImports(
  tx: Transaction,
  since: Date,
  limit: number
): Promise<string[]> {
  const rows = await tx.orm
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        eq(imports.dealerId, tx.dealerId),
        inArray(imports.state, ['receiving', 'ready', 'failed']),
        isNull(imports.operationId),
        lt(imports.updatedAt, since)
      )
    )
    .orderBy(imports.createdAt)
    .limit(limit)
  return rows.map(({ id }) => id)
}

function toImport({ payloadId: _, ...row }: typeof imports.$inferSelect): Import {
  return withActor(row)
}
