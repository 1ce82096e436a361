import type { Transaction } from '../../../database/client.ts'
import { isInPass } from '../../../domain/imports/progress.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { tellOfImported } from '../../notifications/steps/tell-of-imported.ts'
import { updateImport, lockImport } from '../../../repositories/imports/import-state.ts'

/**
 * Ends a pass that can't continue. After a dry run, the import is `ready` again. After a run or an
 * undo, the records that remain can be undone: an undo begins with the last row, so the first rows
 * remain.
 */
export async function abandonImport(
  tx: Transaction,
  id: string,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const stored = await lockImport(tx, id)
  if (!stored || !isInPass(stored)) return
  const { state, rows, actor, operationId } = stored
  const processed = state === 'undoing' ? rows - stored.processed : stored.processed
  if (state === 'checking') {
    const fault = because('dry_run_failed', { row: processed })
    await updateImport(tx, id, { state: 'ready', check: null, fault, finishedAt: now }, now)
    return
  }
  const fault = because('import_run_failed', { row: processed })
  await updateImport(tx, id, { state: 'failed', processed, fault, finishedAt: now }, now)
  await recordEvents(tx, actor, now, [
    { type: 'import.failed', subject: { type: 'import', id }, data: { ...fault, operationId } }
  ])
  if (state === 'running') await tellOfImported(tx, stored, { now, mailDomain })
}
