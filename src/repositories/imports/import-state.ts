import { sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { imports } from '../../database/schema.ts'
import type { Import } from '../../domain/imports/import.ts'
import { withActor } from '../actors.ts'
import { isRecord } from '../filters.ts'

/** An import with what stands behind it. */
export interface StoredImport extends Import {
  /** The payload of its leads. Null before the start. */
  payloadId: string | null
}

/**
 * The import, locked until the transaction ends, so that changes of its state and its batches take
 * turns.
 */
export async function lockImport(tx: Transaction, id: string): Promise<StoredImport | null> {
  const [row] = await tx.orm.select().from(imports).where(itself(tx, id)).for('update')
  return row ? withActor(row) : null
}

/** Changes what the caller of the API can see of a locked import: its version is another then. */
export async function updateImport(
  tx: Transaction,
  id: string,
  change: Partial<Omit<StoredImport, 'id' | 'version' | 'actor' | 'createdAt' | 'updatedAt'>>,
  now: Date
): Promise<StoredImport> {
  const [row] = await tx.orm
    .update(imports)
    .set({ ...change, version: sql`${imports.version} + 1`, updatedAt: now })
    .where(itself(tx, id))
    .returning()
  if (!row) throw new Error('a locked import is gone')
  return withActor(row)
}

/** Records the progress of a locked import. Its version stays, since users do not change progress. */
export async function noteProgress(
  tx: Transaction,
  id: string,
  progress: Partial<
    Pick<StoredImport, 'processed' | 'counts' | 'check' | 'passStartedAt' | 'passStartedRow'>
  >,
  now: Date
): Promise<void> {
  await tx.orm
    .update(imports)
    .set({ ...progress, updatedAt: now })
    .where(itself(tx, id))
}

function itself(tx: Transaction, id: string) {
  return isRecord(tx, imports, id)
}
