import { and, asc, eq, gt, gte, isNull, lt, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { clients, leads, matchKeys } from '../../database/schema.ts'
import type { CustomFieldTarget } from '../../domain/fields/custom-field.ts'
import { FIELD_KEY_PREFIX, fieldKeys } from '../../domain/fields/search-keys.ts'
import { given } from '../filters.ts'

/** The upper bound of all keys of fields: the prefix with its last character raised by one. */
const AFTER_PREFIX = FIELD_KEY_PREFIX.replace(':', ';')

/**
 * Updates the search keys of the next records from their fields' values. Returns the last id, or
 * null at the end. The records are locked meanwhile: a concurrent change waits and then sets its own
 * keys. A merged client has no keys; undoing the merge restores them.
 */
export async function reindexBatch(
  tx: Transaction,
  target: CustomFieldTarget,
  {
    searchable,
    after,
    limit
  }: { searchable: readonly { key: string }[]; after: string | null; limit: number }
): Promise<{ lastId: string; count: number } | null> {
  const table = target === 'lead' ? leads : clients
  const rows = await tx.orm
    .select({
      id: table.id,
      values: sql<Record<string, unknown>>`coalesce(${table.content}->'customFields', '{}')`
    })
    .from(table)
    .where(
      and(
        eq(table.dealerId, tx.dealerId),
        target === 'client' ? isNull(clients.mergedIntoId) : undefined,
        given(after, (id) => gt(table.id, id))
      )
    )
    .orderBy(asc(table.id))
    .limit(limit)
    .for('no key update')
  const last = rows.at(-1)
  if (!last) return null
  const wanted = rows.flatMap(({ id, values }) =>
    fieldKeys(searchable, values).map((key) => ({ key, recordId: id }))
  )
  const ids = rows.map(({ id }) => id)
  await setFieldKeys(tx, target, { ids, wanted })
  return { lastId: last.id, count: rows.length }
}

/** Writes only what differs: most records have no such field, and keep what they had. */
async function setFieldKeys(
  tx: Transaction,
  target: CustomFieldTarget,
  { ids, wanted }: { ids: string[]; wanted: { key: string; recordId: string }[] }
): Promise<void> {
  const ofFields = and(
    eq(matchKeys.dealerId, tx.dealerId),
    gte(matchKeys.key, FIELD_KEY_PREFIX),
    lt(matchKeys.key, AFTER_PREFIX)
  )
  const present = await tx.orm
    .select({ key: matchKeys.key, recordId: matchKeys.recordId })
    .from(matchKeys)
    .where(and(ofFields, inArray(matchKeys.recordId, ids)))
  const textOf = ({ key, recordId }: { key: string; recordId: string }) => `${recordId} ${key}`
  const [has, wants] = [new Set(present.map(textOf)), new Set(wanted.map(textOf))]
  const stale = present.filter((one) => !wants.has(textOf(one))).map(({ recordId }) => recordId)
  // A record that has one key too many gets all of its keys anew.
  const anew = new Set(stale)
  if (anew.size > 0) {
    await tx.orm.delete(matchKeys).where(and(ofFields, inArray(matchKeys.recordId, [...anew])))
  }
  const missing = wanted.filter((one) => anew.has(one.recordId) || !has.has(textOf(one)))
  if (missing.length === 0) return
  await tx.orm
    .insert(matchKeys)
    .values(missing.map((one) => ({ dealerId: tx.dealerId, recordType: target, ...one })))
}
