import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { saleStatuses } from '../../database/schema.ts'
import type { SaleStatus, SaleStatusGroup } from '../../domain/sales/sale.ts'

/** The first of a group, which the system gives sales; held until the transaction ends. */
export async function holdFirstStatus(
  tx: Transaction,
  group: SaleStatusGroup
): Promise<SaleStatus | null> {
  const [row] = await tx.orm
    .select()
    .from(saleStatuses)
    .where(and(eq(saleStatuses.dealerId, tx.dealerId), eq(saleStatuses.group, group)))
    .orderBy(saleStatuses.position, saleStatuses.id)
    .limit(1)
    .for('share')
  if (!row) return null
  const { dealerId: _, ...status } = row
  return status
}
