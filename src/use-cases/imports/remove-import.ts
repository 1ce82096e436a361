import type { Database } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Import } from '../../domain/imports/import.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { removeImportRows } from '../../repositories/imports/import-rows.ts'
import { changeImport, lockImport } from '../../repositories/imports/import-state.ts'
import { deleteImport } from '../../repositories/imports/imports.ts'

/** How many rows one transaction removes. */
const BATCH_ROWS = 10_000

/** A file of which nothing has come for so long is not coming any more. */
const ABANDONED_MS = 120_000

/** Whether an import may be removed: it never ran, and no file is on its way into it. */
export function isRemovable({ state, updatedAt, operationId }: Import, now: Date): boolean {
  if (state === 'receiving') return now.getTime() - updatedAt.getTime() > ABANDONED_MS
  return state === 'ready' || (state === 'failed' && operationId === null)
}

/**
 * Removes an import with its rows, which may be a million: batch by batch, and the import last. It is
 * failed from the first moment, so that nobody starts half of it. Null: there is none; false: it runs,
 * has run, or is still coming in.
 */
export async function removeImport(
  db: Database,
  dealerId: string,
  id: string,
  { actor, now }: { actor: Actor; now: Date }
): Promise<boolean | null> {
  const verdict = await db.transaction(dealerId, async (tx) => {
    const found = await lockImport(tx, id)
    if (!found) return null
    if (!isRemovable(found, now)) return false
    await changeImport(tx, id, { state: 'failed', fault: because('import_being_removed') }, now)
    return true
  })
  if (verdict !== true) return verdict
  await removeRows(db, dealerId, id)
  await db.transaction(dealerId, async (tx) => {
    // Of two who remove it at once, the second finds nothing left to do.
    if (!(await lockImport(tx, id))) return
    await deleteImport(tx, id)
    await recordEvents(tx, actor, now, [
      { type: 'import.deleted', subject: { type: 'import', id } }
    ])
  })
  return true
}

/** Removes the rows of an import that nobody reads any more. */
export async function removeRows(db: Database, dealerId: string, id: string): Promise<void> {
  let removed = BATCH_ROWS
  while (removed === BATCH_ROWS) {
    removed = await db.transaction(dealerId, (tx) => removeImportRows(tx, id, BATCH_ROWS))
  }
}
