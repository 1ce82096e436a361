import type { Database } from '../../database/client.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { NamedStatus } from '../../domain/leads/status.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { SaleStatusGroup } from '../../domain/sales/sale.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { addStatus } from './steps/status-writes.ts'
import type { NewStatus, StatusKind } from './steps/status-writes.ts'

/** Creates a status of leads or of sales. */
export async function createStatus<Group extends StatusGroup | SaleStatusGroup>(
  db: Database,
  kind: StatusKind<Group>,
  command: NewStatus<Group>
): Promise<Created<NamedStatus<Group>> | Refusal> {
  return await createOnce(db, command, (tx) => addStatus(tx, kind, command), [kind.lock])
}
