import type { Database } from '../../database/client.ts'
import { ColumnDateTally } from '../../domain/imports/column-dates.ts'
import type { FileRow, Import, StoredRow } from '../../domain/imports/import.ts'
import { SecretCells } from '../../domain/imports/secret-cells.ts'
import { ColumnSamples } from '../../domain/imports/samples.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { FileFault, fileFault } from '../../imports/file-fault.ts'
import { MAX_ROWS } from '../../imports/limits.ts'
import type { FileReader } from '../../imports/read-csv.ts'
import { insertImportRows } from '../../repositories/imports/import-rows.ts'
import { noteReceived } from '../../repositories/imports/imports.ts'
import { failImport } from './steps/fail-import.ts'

/** The limits of one statement, so that the texts of its rows fit into memory. */
const BATCH_ROWS = 1_000
const BATCH_CHARACTERS = 1_000_000

interface ReceiveImport {
  dealerId: string
  begun: Import
  reader: FileReader
  countBytes: () => number
  now: () => Date
}

/** A file whose rows are all stored. */
export interface ReceivedFile {
  rows: number
  bytes: number
  samples: ColumnSamples
  dates: ColumnDateTally
}

/**
 * Stores the rows of a file while it is received. Each batch has its own transaction, so that none is
 * open while the sender is slow. When the file can't be read to its end, the rows are deleted, the
 * import fails with the reason, and the fault is thrown.
 */
export async function receiveImport(db: Database, command: ReceiveImport): Promise<ReceivedFile> {
  const { dealerId, begun, countBytes, now } = command
  try {
    return await storeRows(db, command)
  } catch (error) {
    const fault = error instanceof FileFault ? error.reason : because('internal_error')
    await failImport(db, dealerId, begun, { fault, bytes: countBytes(), now: now() })
    throw error
  }
}

async function storeRows(
  db: Database,
  { dealerId, begun: { id }, reader, countBytes, now }: ReceiveImport
): Promise<ReceivedFile> {
  const samples = new ColumnSamples()
  const dates = new ColumnDateTally()
  const secrets = new SecretCells(reader.columns)
  let rows = 0
  for await (const given of inBatches(reader.rows)) {
    const batch = given.map((row) => secrets.remove(row))
    samples.add(batch)
    dates.add(batch)
    const numbered = batch.map((row): StoredRow => ({ ...row, number: ++rows }))
    if (rows > MAX_ROWS) {
      throw fileFault('too_many_rows', { limit: MAX_ROWS })
    }
    await db.transaction(dealerId, async (tx) => {
      const received = { rows, bytes: countBytes() }
      if (!(await noteReceived(tx, id, received, now()))) throw fileFault('import_being_removed')
      await insertImportRows(tx, id, numbered)
    })
  }
  return { rows, bytes: countBytes(), samples, dates }
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
