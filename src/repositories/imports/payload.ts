import type { Transaction } from '../../database/client.ts'
import { insertPayload } from '../leads/lead-payloads.ts'
import type { StoredImport } from './import-state.ts'

/** What the leads of an import are made from: the file's columns and what they mean; each lead names its row. */
export async function insertImportPayload(
  tx: Transaction,
  id: string,
  { id: importId, name, columns, settings }: StoredImport,
  now: Date
): Promise<void> {
  const body = JSON.stringify({
    importId,
    name,
    columns: columns.map((column) => column.name),
    mapping: settings.mapping
  })
  await insertPayload(tx, { id, contentType: 'application/json', body }, now)
}
