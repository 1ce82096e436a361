import { and, asc, eq, isNull, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { sales } from '../../database/schema.ts'

/** Sales seen from the status they have: for changes of the status itself. */

/** How many sales have this status, those among them that were mistakes. */
export async function countSalesWithStatus(tx: Transaction, statusId: string): Promise<number> {
  return await tx.orm.$count(
    sales,
    and(eq(sales.dealerId, tx.dealerId), eq(sales.statusId, statusId))
  )
}

/** The sales with this status that were not undone, in the order of their leads. */
export async function findSalesWithStatus(
  tx: Transaction,
  statusId: string
): Promise<{ id: string; leadId: string }[]> {
  return await tx.orm
    .select({ id: sales.id, leadId: sales.leadId })
    .from(sales)
    .where(
      and(eq(sales.dealerId, tx.dealerId), eq(sales.statusId, statusId), isNull(sales.undoneAt))
    )
    .orderBy(asc(sales.leadId))
}

/** A sale that was moved. */
interface MovedSale {
  id: string
  leadId: string
  clientId: string | null
  undoneAt: Date | null
}

/** Moves some of a locked status's sales to another and returns them; empty when none is left. */
export async function moveSalesWithStatus(
  tx: Transaction,
  { from, to, limit, now }: { from: string; to: string; limit: number; now: Date }
): Promise<MovedSale[]> {
  const found = await tx.orm
    .select({
      id: sales.id,
      leadId: sales.leadId,
      clientId: sales.clientId,
      undoneAt: sales.undoneAt
    })
    .from(sales)
    .where(and(eq(sales.dealerId, tx.dealerId), eq(sales.statusId, from)))
    .orderBy(asc(sales.id))
    .limit(limit)
    .for('update')
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  await tx.orm
    .update(sales)
    .set({ statusId: to, version: sql`${sales.version} + 1`, updatedAt: now })
    .where(and(eq(sales.dealerId, tx.dealerId), inArray(sales.id, ids)))
  return found
}
