import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { matchKeys } from '../../database/schema.ts'
import type { RecordType } from '../../domain/leads/record-type.ts'
import { recordKeys } from '../../domain/search/record-keys.ts'
import type { SearchableContent } from '../../domain/search/record-keys.ts'
import { listSearchableFields } from '../fields/custom-fields.ts'
import { insertPersons, removePersons } from './person-keys.ts'

/** Sets what a record, and people like its person, can be found by, anew. */
export async function replaceMatchKeys(
  tx: Transaction,
  { type, id }: { type: RecordType; id: string },
  content: SearchableContent
): Promise<void> {
  await removeMatchKeys(tx, id)
  await insertPersons(tx, type, [{ id, contact: content.contact }])
  const hasFields = Object.keys(content.customFields).length > 0
  const searchable = hasFields ? await listSearchableFields(tx, type) : []
  const keys = recordKeys(content, searchable)
  if (keys.length === 0) return
  await tx.orm
    .insert(matchKeys)
    .values(keys.map((key) => ({ dealerId: tx.dealerId, key, recordType: type, recordId: id })))
}

/** Makes a record unfindable, because it is removed. */
export async function removeMatchKeys(tx: Transaction, recordId: string): Promise<void> {
  await tx.orm
    .delete(matchKeys)
    .where(and(eq(matchKeys.dealerId, tx.dealerId), eq(matchKeys.recordId, recordId)))
  await removePersons(tx, [recordId])
}
