import type { Database } from '../../database/client.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { write } from '../write.ts'
import { SALE_STATUSES } from './steps/sale-statuses.ts'
import { removeStatus } from '../dealers/steps/status-writes.ts'
import type { StatusDeletion } from '../dealers/steps/status-writes.ts'

export async function deleteSaleStatus(
  db: Database,
  command: StatusDeletion
): Promise<{ moved: number } | Refusal> {
  return await write(db, command, (tx) => removeStatus(tx, SALE_STATUSES, command), [
    SALE_STATUSES.lock
  ])
}
