import type { Transaction } from '../../database/client.ts'
import { payloads } from '../../database/schema.ts'
import type { StoredImport } from './import-state.ts'

/** What the leads of an import are made from: the file's columns and what they mean; each lead names its row. */
export async function insertPayload(
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
  await tx.orm
    .insert(payloads)
    .values({ dealerId: tx.dealerId, id, contentType: 'application/json', body, createdAt: now })
}
