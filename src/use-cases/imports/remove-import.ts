import type { Database } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Import } from '../../domain/imports/import.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import { deleteImport } from '../../repositories/imports/imports.ts'
import { write } from '../write.ts'
import { removeRows } from './steps/remove-rows.ts'

/** An upload that has sent nothing for this time has ended. */
const ABANDONED_MS = 120_000

interface RemoveImport {
  principal: { dealerId: string }
  actor: Actor
  importId: string
  now: Date
}

/** Whether an import may be removed: it never ran, and its file is not being received. */
function isRemovable({ state, updatedAt, operationId }: Import, now: Date): boolean {
  if (state === 'receiving') return now.getTime() - updatedAt.getTime() > ABANDONED_MS
  return state === 'ready' || (state === 'failed' && operationId === null)
}

/**
 * Removes an import with up to a million rows: batch by batch, and the import last. The import has
 * failed from the first transaction on, so that it can't be started meanwhile.
 */
export async function removeImport(db: Database, command: RemoveImport): Promise<Refusal | null> {
  const { principal, actor, importId: id, now } = command
  const failed = await write(db, command, async (tx) => {
    const found = await lockImport(tx, id)
    if (!found) return notFound('import')
    if (!isRemovable(found, now)) return { refusal: 'import-in-use' }
    const fault = because('import_being_removed')
    return await updateImport(tx, id, { state: 'failed', fault }, now)
  })
  if (isRefusal(failed)) return failed
  await removeRows(db, principal.dealerId, id)
  return await write(db, command, async (tx) => {
    // The second of two concurrent removals finds nothing.
    if (!(await lockImport(tx, id))) return null
    await deleteImport(tx, id)
    await recordEvents(tx, actor, now, [
      { type: 'import.deleted', subject: { type: 'import', id } }
    ])
    return null
  })
}
