import type { Transaction } from '../../database/client.ts'
import { isPassing } from '../../domain/imports/progress.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { changeImport, lockImport } from '../../repositories/imports/import-state.ts'

/**
 * Ends a pass that can't go on, so that nobody waits for it. A dry run leaves the import as it was. Of a
 * run, and of taking one back, what stands until then stays, and can be taken back: rows are undone from
 * the last, so that what is left of them are the first ones.
 */
export async function giveUpImport(tx: Transaction, id: string, now: Date): Promise<void> {
  const stored = await lockImport(tx, id)
  if (!stored || !isPassing(stored)) return
  const { state, rows, actor, operationId } = stored
  const processed = state === 'undoing' ? rows - stored.processed : stored.processed
  if (state === 'checking') {
    const fault = because('dry_run_failed', { row: processed })
    await changeImport(tx, id, { state: 'ready', check: null, fault, finishedAt: now }, now)
    return
  }
  const fault = because('import_run_failed', { row: processed })
  await changeImport(tx, id, { state: 'failed', processed, fault, finishedAt: now }, now)
  await recordEvents(tx, actor, now, [
    { type: 'import.failed', subject: { type: 'import', id }, data: { ...fault, operationId } }
  ])
}
