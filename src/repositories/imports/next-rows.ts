import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { StoredRow } from '../../domain/imports/import.ts'

const NEXT = statement(
  'import-next-rows',
  { importId: 'uuid', after: 'integer', limit: 'integer' },
  `select number, line, cells, fault from import_rows
   where dealer_id = :dealerId and import_id = :importId and number > :after
   order by number limit :limit`
).returning<StoredRow>()

/** The rows that come after one, in the order of the file. */
export async function listNextRows(
  tx: Transaction,
  importId: string,
  page: { after: number; limit: number }
): Promise<StoredRow[]> {
  return await tx.run(NEXT, { importId, ...page })
}
