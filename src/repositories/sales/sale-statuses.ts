import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { saleStatuses } from '../../database/schema.ts'
import type { SaleStatus } from '../../domain/sales/sale.ts'

/** The first of group `open`, which new sales get; held until the transaction ends. */
export async function holdFirstOpenStatus(tx: Transaction): Promise<SaleStatus> {
  const [row] = await tx.orm
    .select()
    .from(saleStatuses)
    .where(and(eq(saleStatuses.dealerId, tx.dealerId), eq(saleStatuses.group, 'open')))
    .orderBy(saleStatuses.position, saleStatuses.id)
    .limit(1)
    .for('share')
  if (!row) throw new Error('a dealer has no sale status of group open')
  const { dealerId: _, ...status } = row
  return status
}
