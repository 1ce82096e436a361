import { and, eq, sql } from 'drizzle-orm'
import type { SQLWrapper } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'

/** Locks the leads whose ids these queries have, in the order of their ids, and returns the ids. */
export async function lockLeadsOf(
  tx: Transaction,
  some: SQLWrapper,
  ...others: readonly SQLWrapper[]
): Promise<string[]> {
  const queries = [some, ...others].map((query) => sql`(${query})`)
  const isOne = sql`${leads.id} = any(array(${sql.join(queries, sql` union `)}))`
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), isOne))
    .orderBy(leads.id)
    .for('no key update')
  return rows.map(({ id }) => id)
}
