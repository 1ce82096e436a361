import type { Database } from '../../database/client.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Status } from '../../domain/leads/status.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { write } from '../write.ts'
import { LEAD_STATUSES } from './steps/lead-statuses.ts'
import { updateStatus } from './steps/status-writes.ts'
import type { StatusUpdate } from './steps/status-writes.ts'

export async function changeStatus(
  db: Database,
  command: StatusUpdate<StatusGroup>
): Promise<Status | Refusal> {
  return await write(db, command, (tx) => updateStatus(tx, LEAD_STATUSES, command), [
    LEAD_STATUSES.lock
  ])
}
