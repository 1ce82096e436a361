import { lockNumbers } from '../../database/client.ts'
import type { Transaction } from '../../database/client.ts'
import type { StoredRow } from '../../domain/imports/import.ts'

const NEXT = `
select number, line, cells, fault from import_rows
where dealer_id = $1 and import_id = $2 and number > $3 order by number limit $4`

/** The rows that come after one, in the order of the file. */
export async function listNextRows(
  tx: Transaction,
  importId: string,
  { after, limit }: { after: number; limit: number }
): Promise<StoredRow[]> {
  return await tx.query<StoredRow & Record<string, unknown>>('import-next-rows', NEXT, [
    tx.dealerId,
    importId,
    after,
    limit
  ])
}

/**
 * Holds what the rows of a batch have in common with anything else that is being captured: as a capture
 * does for one lead, by the same locks in the same order, in one statement.
 */
export async function lockKeys(tx: Transaction, keys: readonly string[]): Promise<void> {
  const numbers = lockNumbers(tx.dealerId, keys).map(String)
  await tx.query(
    'import-locks',
    'select pg_advisory_xact_lock(k.key) from unnest($1::bigint[]) as k(key)',
    [numbers]
  )
}
