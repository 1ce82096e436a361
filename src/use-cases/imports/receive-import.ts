import type { Database, Transaction } from '../../database/client.ts'
import type { FileRow, Import, StoredRow } from '../../domain/imports/import.ts'
import { ColumnSamples } from '../../domain/imports/samples.ts'
import type { ImportCode } from '../../domain/reasons/import-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { FileFault, fileFault } from '../../imports/file-fault.ts'
import { MAX_ROWS } from '../../imports/limits.ts'
import type { FileReader } from '../../imports/read-csv.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertImportRows } from '../../repositories/imports/import-rows.ts'
import { changeImport, lockImport } from '../../repositories/imports/import-state.ts'
import { insertImport, noteReceived } from '../../repositories/imports/imports.ts'
import { removeRows } from './remove-import.ts'

/** What one statement stores: many rows, but not so many that their texts fill the memory. */
const BATCH_ROWS = 1_000
const BATCH_CHARACTERS = 4_000_000

/** A file whose rows are stored: what is still to be said of it before it is ready. */
export interface ReceivedFile {
  rows: number
  bytes: number
  samples: ColumnSamples
}

/**
 * Stores the rows of a file as they come in. No transaction is open while the sender is waited for:
 * each batch has its own. Where the file can't be read to its end, none of its rows stays, and the
 * import says why; the fault is thrown.
 */
export async function receiveImport(
  db: Database,
  dealerId: string,
  begun: Import,
  { reader, countBytes, now }: { reader: FileReader; countBytes: () => number; now: () => Date }
): Promise<ReceivedFile> {
  await db.transaction(dealerId, (tx) => insertImport(tx, begun))
  try {
    return await storeRows(db, dealerId, begun.id, { reader, countBytes, now })
  } catch (error) {
    const fault = error instanceof FileFault ? error.reason : because('internal_error')
    await failImport(db, dealerId, begun, { fault, bytes: countBytes(), now: now() })
    throw error
  }
}

async function storeRows(
  db: Database,
  dealerId: string,
  importId: string,
  { reader, countBytes, now }: { reader: FileReader; countBytes: () => number; now: () => Date }
): Promise<ReceivedFile> {
  const samples = new ColumnSamples()
  let rows = 0
  for await (const batch of inBatches(reader.rows)) {
    samples.add(batch)
    const numbered = batch.map((row): StoredRow => ({ ...row, number: ++rows }))
    if (rows > MAX_ROWS) {
      throw fileFault('too_many_rows', { limit: MAX_ROWS })
    }
    await db.transaction(dealerId, async (tx) => {
      const received = { rows, bytes: countBytes() }
      if (!(await noteReceived(tx, importId, received, now()))) throw removedMeanwhile()
      await insertImportRows(tx, importId, numbered)
    })
  }
  return { rows, bytes: countBytes(), samples }
}

/** Makes an import ready whose rows are all stored. */
export async function finishReceiving(
  tx: Transaction,
  importId: string,
  change: Pick<Import, 'rows' | 'bytes' | 'reading' | 'columns' | 'settings'>,
  now: Date
): Promise<Import> {
  const before = await lockImport(tx, importId)
  if (before?.state !== 'receiving') throw removedMeanwhile()
  await recordEvents(tx, before.actor, now, [
    {
      type: 'import.created',
      subject: { type: 'import', id: importId },
      data: { target: before.target, format: change.reading.format, rows: change.rows }
    }
  ])
  return await changeImport(tx, importId, { ...change, state: 'ready' }, now)
}

function removedMeanwhile(): FileFault {
  return fileFault('import_being_removed')
}

/** Says of an import why nothing can come of it, and removes what was stored of its file. */
export async function failImport(
  db: Database,
  dealerId: string,
  { id, actor }: Import,
  { fault, bytes, now }: { fault: Reason<ImportCode>; bytes: number; now: Date }
): Promise<void> {
  const isOurs = await db.transaction(dealerId, async (tx) => {
    const before = await lockImport(tx, id)
    if (before?.state !== 'receiving') return false
    await changeImport(tx, id, { state: 'failed', fault, bytes, rows: 0, finishedAt: now }, now)
    await recordEvents(tx, actor, now, [
      { type: 'import.failed', subject: { type: 'import', id }, data: { ...fault } }
    ])
    return true
  })
  if (isOurs) await removeRows(db, dealerId, id)
}

async function* inBatches(pieces: AsyncIterable<FileRow[]>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let characters = 0
  for await (const rows of pieces) {
    for (const row of rows) {
      batch.push(row)
      characters += row.cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
      if (batch.length < BATCH_ROWS && characters < BATCH_CHARACTERS) continue
      yield batch
      batch = []
      characters = 0
    }
  }
  if (batch.length > 0) yield batch
}
