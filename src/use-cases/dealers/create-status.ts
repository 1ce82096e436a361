import type { Database } from '../../database/client.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Status } from '../../domain/leads/status.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { LEAD_STATUSES } from './steps/lead-statuses.ts'
import { addStatus } from './steps/status-writes.ts'
import type { NewStatus } from './steps/status-writes.ts'

export async function createStatus(
  db: Database,
  command: NewStatus<StatusGroup>
): Promise<Created<Status> | Refusal> {
  return await createOnce(db, command, (tx) => addStatus(tx, LEAD_STATUSES, command), [
    LEAD_STATUSES.lock
  ])
}
