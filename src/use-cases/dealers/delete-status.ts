import type { Database } from '../../database/client.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { SaleStatusGroup } from '../../domain/sales/sale.ts'
import { write } from '../write.ts'
import { removeStatus } from './steps/status-writes.ts'
import type { StatusDeletion, StatusKind } from './steps/status-writes.ts'

/** Deletes a status of leads or of sales. */
export async function deleteStatus<Group extends StatusGroup | SaleStatusGroup>(
  db: Database,
  kind: StatusKind<Group>,
  command: StatusDeletion
): Promise<{ moved: number } | Refusal> {
  return await write(db, command, (tx) => removeStatus(tx, kind, command), [kind.lock])
}
