import type { Database } from '../../database/client.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { write } from '../write.ts'
import { LEAD_STATUSES } from './steps/lead-statuses.ts'
import { removeStatus } from './steps/status-writes.ts'
import type { StatusDeletion } from './steps/status-writes.ts'

export async function deleteStatus(
  db: Database,
  command: StatusDeletion
): Promise<{ moved: number } | Refusal> {
  return await write(db, command, (tx) => removeStatus(tx, LEAD_STATUSES, command), [
    LEAD_STATUSES.lock
  ])
}
