import { and, asc, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { customFields } from '../../database/schema.ts'
import type { CustomField, CustomFieldTarget } from '../../domain/fields/custom-field.ts'

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

function toCustomField({ dealerId: _, ...field }: typeof customFields.$inferSelect): CustomField {
  return field
}
