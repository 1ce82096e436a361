import type { SaleStatus } from '../../../domain/sales/sale.ts'

/** The facts of an event about a sale that moved from one status to another. */
export function statusMove(
  from: Pick<SaleStatus, 'id' | 'group'>,
  to: Pick<SaleStatus, 'id' | 'group'>
): Record<string, unknown> {
  return { fromStatusId: from.id, toStatusId: to.id, fromGroup: from.group, toGroup: to.group }
}
