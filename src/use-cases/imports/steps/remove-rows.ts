import type { Database } from '../../../database/client.ts'
import { removeImportRows } from '../../../repositories/imports/import-rows.ts'

/** The number of rows that one transaction deletes. */
const BATCH_ROWS = 10_000

/** Deletes the rows of an import that has failed, batch by batch. */
export async function removeRows(db: Database, dealerId: string, id: string): Promise<void> {
  let removed = BATCH_ROWS
  while (removed === BATCH_ROWS) {
    removed = await db.transaction(dealerId, (tx) => removeImportRows(tx, id, BATCH_ROWS))
  }
}
