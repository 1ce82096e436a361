import type { Transaction } from '../../../database/client.ts'
import type { ImportOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import { updateImport, lockImport } from '../../../repositories/imports/import-state.ts'
import { enqueueTask } from '../../../repositories/tasks.ts'
import type { StoredImport } from '../../../repositories/imports/import-state.ts'
import { findChangedSince } from '../../../repositories/imports/undo.ts'

/** The rows that one statement reads, so that it ends within its time limit. */
const SPAN = 5_000

/** The most changed records that the response names. */
const MAX_NAMED = 20

interface ImportChanges {
  changes: UndoObstacle[]
  leadIds?: string[]
  clientIds?: string[]
}

/**
 * Starts the undo of an import, which a worker carries out from the last row to the first. Returns the
 * records that changed since, or null when the undo has started. A record that changes later, before
 * the worker reaches its row, stays, and the import has a problem for it.
 */
export async function undoImport(
  tx: Transaction,
  { now }: { now: Date },
  { recorded }: ImportOperation
): Promise<ImportChanges | null> {
  const stored = await lockImport(tx, recorded.importId)
  if (!stored || !['done', 'cancelled', 'failed'].includes(stored.state)) {
    return { changes: ['import'] }
  }
  const changed = await findChanges(tx, stored)
  if (changed.length > 0) {
    return stored.target === 'leads'
      ? { changes: ['lead'], leadIds: changed }
      : { changes: ['client'], clientIds: changed }
  }
  // A cancelled or failed import has rows that it never processed. They are skipped.
  const processed = stored.rows - stored.processed
  await updateImport(
    tx,
    stored.id,
    {
      state: 'undoing',
      fault: null,
      processed,
      passStartedAt: now,
      passStartedRow: processed,
      finishedAt: null
    },
    now
  )
  await enqueueTask(tx, 'import', stored.id)
  return null
}

async function findChanges(
  tx: Transaction,
  { id: importId, target, processed }: StoredImport
): Promise<string[]> {
  const changed: string[] = []
  for (let from = 1; from <= processed && changed.length < MAX_NAMED; from += SPAN) {
    const span = { importId, from, to: from + SPAN - 1, limit: MAX_NAMED - changed.length }
    changed.push(...(await findChangedSince(tx, target, span)))
  }
  return changed
}
