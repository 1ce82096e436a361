import { eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { fieldMappings } from '../../database/schema.ts'
import type { FieldMapping, StoredFieldMapping } from '../../domain/fields/field-mapping.ts'

/** How a dealer wants leads carried over; without a word of theirs: version 0, no entries. */
export async function findFieldMapping(tx: Transaction, lock?: Lock): Promise<StoredFieldMapping> {
  const query = tx.orm.select().from(fieldMappings).where(eq(fieldMappings.dealerId, tx.dealerId))
  const [row] = await lockedIf(query, lock, fieldMappings)
  return row ? toMapping(row) : UNSAID
}

/** Puts a mapping in the place of the one there is; of two first ones the second counts on. */
export async function writeFieldMapping(
  tx: Transaction,
  content: FieldMapping,
  now: Date
): Promise<StoredFieldMapping> {
  const [row] = await tx.orm
    .insert(fieldMappings)
    .values({ dealerId: tx.dealerId, content, version: 1, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [fieldMappings.dealerId],
      set: { content, version: sql`${fieldMappings.version} + 1`, updatedAt: now }
    })
    .returning()
  if (!row) throw new Error('a mapping that was written is not there')
  return toMapping(row)
}

const UNSAID: StoredFieldMapping = { entries: [], version: 0, updatedAt: null }

function toMapping(row: typeof fieldMappings.$inferSelect): StoredFieldMapping {
  return { ...row.content, version: row.version, updatedAt: row.updatedAt }
}
