import type { Transaction } from '../../database/client.ts'
import type { ImportOperation, UndoObstacle } from '../../domain/operations/operation.ts'
import { changeImport, lockImport } from '../../repositories/imports/import-state.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import type { StoredImport } from '../../repositories/imports/import-state.ts'
import { findChangedSince } from '../../repositories/imports/undo.ts'

/** How many rows are looked at by one statement, so that each ends well within its time. */
const SPAN = 5_000

/** How many records are named that were changed since. */
const MAX_NAMED = 20

export interface ImportChanges {
  changes: UndoObstacle[]
  leadIds?: string[]
  clientIds?: string[]
}

/**
 * Begins to take an import back: a worker does it, row by row from the last. Answers what was changed
 * since, or null: it has begun. What is changed between this look and its turn is left as it is then,
 * and named among the import's problems.
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
  // Rows that an import that was cancelled or failed did not come to have nothing to be taken back.
  const processed = stored.rows - stored.processed
  await changeImport(
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
