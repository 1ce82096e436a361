import type { Database } from '../../../database/client.ts'
import type { Import } from '../../../domain/imports/import.ts'
import type { ImportCode } from '../../../domain/reasons/import-reasons.ts'
import type { Reason } from '../../../domain/reasons/reasons.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../../repositories/imports/import-state.ts'
import { removeImportFile } from '../../../repositories/imports/import-files.ts'
import { removeRows } from './remove-rows.ts'

/** Ends an import whose file can't be received, with the reason, and deletes the stored file and rows. */
export async function failImport(
  db: Database,
  dealerId: string,
  { id, actor }: Import,
  { fault, bytes, now }: { fault: Reason<ImportCode>; bytes: number; now: Date }
): Promise<void> {
  const hasFailed = await db.transaction(dealerId, async (tx) => {
    const before = await lockImport(tx, id)
    if (before?.state !== 'receiving') return false
    await updateImport(tx, id, { state: 'failed', fault, bytes, rows: 0, finishedAt: now }, now)
    await removeImportFile(tx, id)
    await recordEvents(tx, actor, now, [
      { type: 'import.failed', subject: { type: 'import', id }, data: { ...fault } }
    ])
    return true
  })
  if (hasFailed) await removeRows(db, dealerId, id)
}
