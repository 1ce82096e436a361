import { and, asc, count, eq, max, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { customFields } from '../../database/schema.ts'
import type { CustomField, CustomFieldTarget } from '../../domain/fields/custom-field.ts'
import { afterPlace, placeCursor, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

/** All of a dealer's fields of leads, or of clients, in their order: there are a hundred at most. */
export async function listCustomFields(
  tx: Transaction,
  target: CustomFieldTarget
): Promise<CustomField[]> {
  const rows = await tx.orm
    .select()
    .from(customFields)
    .where(and(eq(customFields.dealerId, tx.dealerId), eq(customFields.target, target)))
    .orderBy(asc(customFields.position), asc(customFields.id))
  return rows.map(toCustomField)
}

/** Those fields of the target by whose values records are found. */
export async function listSearchableFields(
  tx: Transaction,
  target: CustomFieldTarget
): Promise<{ key: string }[]> {
  return await tx.orm
    .select({ key: customFields.key })
    .from(customFields)
    .where(
      and(
        eq(customFields.dealerId, tx.dealerId),
        eq(customFields.target, target),
        eq(customFields.searchable, true)
      )
    )
    .orderBy(asc(customFields.position), asc(customFields.id))
}

/** One page of fields in the dealer's order. */
export async function pageCustomFields(
  tx: Transaction,
  filter: { target?: CustomFieldTarget | undefined },
  page: PageRequest
): Promise<Page<CustomField>> {
  const rows = await tx.orm
    .select()
    .from(customFields)
    .where(
      and(
        eq(customFields.dealerId, tx.dealerId),
        eqIfGiven(customFields.target, filter.target),
        afterPlace(customFields.position, customFields.id, page)
      )
    )
    .orderBy(asc(customFields.position), asc(customFields.id))
    .limit(page.limit + 1)
  return toPage(rows.map(toCustomField), page, placeCursor)
}

export async function findCustomField(
  tx: Transaction,
  id: string,
  lock?: Lock
): Promise<CustomField | null> {
  const query = tx.orm
    .select()
    .from(customFields)
    .where(isRecord(tx, customFields, id))
  const [row] = await lockedIf(query, lock, customFields)
  return row ? toCustomField(row) : null
}

/** How many fields the target has, and the position after the last. */
export async function measureCustomFields(
  tx: Transaction,
  target: CustomFieldTarget
): Promise<{ count: number; nextPosition: number }> {
  const [row] = await tx.orm
    .select({ count: count(), last: max(customFields.position) })
    .from(customFields)
    .where(and(eq(customFields.dealerId, tx.dealerId), eq(customFields.target, target)))
  return { count: row?.count ?? 0, nextPosition: (row?.last ?? -1) + 1 }
}

export async function insertCustomField(tx: Transaction, field: CustomField): Promise<void> {
  await tx.orm.insert(customFields).values({ dealerId: tx.dealerId, ...field })
}

/** Changes a locked field and returns it as it is now. */
export async function updateCustomField(
  tx: Transaction,
  id: string,
  change: Partial<Pick<CustomField, 'label' | 'options' | 'required' | 'searchable' | 'position'>>,
  now: Date
): Promise<CustomField> {
  const [row] = await tx.orm
    .update(customFields)
    .set({ ...change, version: sql`${customFields.version} + 1`, updatedAt: now })
    .where(isRecord(tx, customFields, id))
    .returning()
  if (!row) throw new Error('a locked field is gone')
  return toCustomField(row)
}

/** Removes a locked field; records keep their values. */
export async function deleteCustomField(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(customFields).where(isRecord(tx, customFields, id))
}

function toCustomField({ dealerId: _, ...field }: typeof customFields.$inferSelect): CustomField {
  return field
}
