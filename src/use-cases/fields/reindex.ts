import type { Database } from '../../database/client.ts'
import { CUSTOM_FIELD_TARGETS } from '../../domain/fields/custom-field.ts'
import type { CustomFieldTarget } from '../../domain/fields/custom-field.ts'
import { findCustomField, listSearchableFields } from '../../repositories/fields/custom-fields.ts'
import { reindexBatch } from '../../repositories/fields/field-keys.ts'

/** How many records are put right in one transaction, and locked for as long. */
const BATCH = 200

/**
 * Lets a dealer's records be found by the fields that are searchable now, and by no others: after a
 * field has become so, has ceased to be, or is gone. Returns how many records it went over.
 *
 * Each batch asks anew what is searchable, and a run that was cut short begins again: what is right
 * already is not written twice.
 */
export async function reindex(
  db: Database,
  { dealerId, fieldId }: { dealerId: string; fieldId: string }
): Promise<number> {
  const field = await db.transaction(dealerId, (tx) => findCustomField(tx, fieldId))
  // The target of a removed field is unknown: records of all kinds are checked.
  const targets = field ? [field.target] : CUSTOM_FIELD_TARGETS
  let done = 0
  for (const target of targets) done += await reindexAll(db, dealerId, target)
  return done
}

async function reindexAll(
  db: Database,
  dealerId: string,
  target: CustomFieldTarget
): Promise<number> {
  let done = 0
  for (let after: string | null = null; ;) {
    const batch = await reindexNext(db, { dealerId, target, after })
    if (!batch) return done
    done += batch.count
    after = batch.lastId
  }
}

async function reindexNext(
  db: Database,
  { dealerId, target, after }: { dealerId: string; target: CustomFieldTarget; after: string | null }
): Promise<{ lastId: string; count: number } | null> {
  return await db.transaction(dealerId, async (tx) => {
    const searchable = await listSearchableFields(tx, target)
    return await reindexBatch(tx, target, { searchable, after, limit: BATCH })
  })
}
