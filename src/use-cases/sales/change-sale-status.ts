import type { Database } from '../../database/client.ts'
import type { SaleStatus, SaleStatusGroup } from '../../domain/sales/sale.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { write } from '../write.ts'
import { SALE_STATUSES } from './steps/sale-statuses.ts'
import { updateStatus } from '../dealers/steps/status-writes.ts'
import type { StatusUpdate } from '../dealers/steps/status-writes.ts'

export async function changeSaleStatus(
  db: Database,
  command: StatusUpdate<SaleStatusGroup>
): Promise<SaleStatus | Refusal> {
  return await write(db, command, (tx) => updateStatus(tx, SALE_STATUSES, command), [
    SALE_STATUSES.lock
  ])
}
