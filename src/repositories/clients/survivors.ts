import { and, isNotNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { clients } from '../../database/schema.ts'
import { isRecord } from '../filters.ts'

/**
 * Whether a column names this client, or the one that it was merged into: merging keeps all that are
 * merged one step away from whom they are now. Looked up once a statement, so that an index serves.
 */
export function isClient(tx: Transaction, column: PgColumn, id: string): SQL {
  return sql`${column} = (select coalesce(c.merged_into_id, c.id) from ${clients} c
    where c.dealer_id = ${tx.dealerId} and c.id = ${id})`
}

/** Whether this client has become one with another. */
export async function isMerged(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: clients.id })
    .from(clients)
    .where(and(isRecord(tx, clients, id), isNotNull(clients.mergedIntoId)))
  return rows.length > 0
}
