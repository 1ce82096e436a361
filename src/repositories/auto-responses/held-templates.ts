import { and, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { templates } from '../../database/schema.ts'

/** Which of the ids are templates of the dealer: those stay until the transaction ends. */
export async function holdTemplates(
  tx: Transaction,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.orm
    .select({ id: templates.id })
    .from(templates)
    .where(and(eq(templates.dealerId, tx.dealerId), inArray(templates.id, [...new Set(ids)])))
    .orderBy(templates.id)
    .for('key share')
  return new Set(rows.map(({ id }) => id))
}
