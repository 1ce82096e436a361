import type { Database } from '../../database/client.ts'
import type { SaleStatus, SaleStatusGroup } from '../../domain/sales/sale.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { SALE_STATUSES } from './steps/sale-statuses.ts'
import { addStatus } from '../dealers/steps/status-writes.ts'
import type { NewStatus } from '../dealers/steps/status-writes.ts'

export async function createSaleStatus(
  db: Database,
  command: NewStatus<SaleStatusGroup>
): Promise<Created<SaleStatus> | Refusal> {
  return await createOnce(db, command, (tx) => addStatus(tx, SALE_STATUSES, command), [
    SALE_STATUSES.lock
  ])
}
