import type { Database } from '../../database/client.ts'
import type { Import } from '../../domain/imports/import.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { FileFault, fileFault } from '../../imports/file-fault.ts'
import type { FileReader } from '../../imports/file-reader.ts'
import { insertImportRows } from '../../repositories/imports/import-rows.ts'
import { noteReceived } from '../../repositories/imports/imports.ts'
import { failImport } from './steps/fail-import.ts'
import { storeRows } from './steps/store-rows.ts'
import type { StoredFile } from './steps/store-rows.ts'

interface ReceiveImport {
  dealerId: string
  begun: Import
  reader: FileReader
  countBytes: () => number
  now: () => Date
}

/** A file whose rows are all stored. */
export interface ReceivedFile extends StoredFile {
  bytes: number
}

/**
 * Stores the rows of a file while it is received. Each batch has its own transaction, so that none is
 * open while the sender is slow. When the file can't be read to its end, the rows are deleted, the
 * import fails with the reason, and the fault is thrown.
 */
export async function receiveImport(
  db: Database,
  { dealerId, begun, reader, countBytes, now }: ReceiveImport
): Promise<ReceivedFile> {
  const { id } = begun
  try {
    const file = await storeRows(reader, async (batch, rows) => {
      await db.transaction(dealerId, async (tx) => {
        const received = { rows, bytes: countBytes() }
        if (!(await noteReceived(tx, id, received, now()))) throw fileFault('import_being_removed')
        await insertImportRows(tx, id, batch)
      })
    })
    return { ...file, bytes: countBytes() }
  } catch (error) {
    const fault = error instanceof FileFault ? error.reason : because('internal_error')
    await failImport(db, dealerId, begun, { fault, bytes: countBytes(), now: now() })
    throw error
  }
}
