import type { Database } from '../../database/client.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { NamedStatus } from '../../domain/leads/status.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { SaleStatusGroup } from '../../domain/sales/sale.ts'
import { write } from '../write.ts'
import { updateStatus } from './steps/status-writes.ts'
import type { StatusKind, StatusUpdate } from './steps/status-writes.ts'

/** Changes a status of leads or of sales. */
export async function changeStatus<Group extends StatusGroup | SaleStatusGroup>(
  db: Database,
  kind: StatusKind<Group>,
  command: StatusUpdate<Group>
): Promise<NamedStatus<Group> | Refusal> {
  return await write(db, command, (tx) => updateStatus(tx, kind, command), [kind.lock])
}
