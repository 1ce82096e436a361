import type { Transaction } from '../../../database/client.ts'
import type { SaleOperation } from '../../../domain/operations/operation.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { obstacleToMove } from '../../../domain/leads/status.ts'
import type { Status } from '../../../domain/leads/status.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { findClientById } from '../../../repositories/clients/clients.ts'
import { holdStatusOfGroup } from '../../../repositories/dealers/group-statuses.ts'

export type StatusOfGroup = Pick<Status, 'id' | 'group'>

/** Moves that the service makes by itself need no other reason. */
const CODE: EventCode = 'sale_undone'

/**
 * Where a locked lead goes when its sale counts no more: to the status it came from, or, as one that has got
 * a client since, to that of its client. Null: there is no way back.
 */
export async function findWayBack(
  tx: Transaction,
  lead: Lead,
  {
    earlier,
    recorded
  }: { earlier: StatusOfGroup | null; recorded: SaleOperation['recorded']['lead'] }
): Promise<StatusOfGroup | null> {
  if (earlier && isWayBack(lead, earlier)) return earlier
  if (recorded.hasNewClient !== true || lead.client === null) return null
  const client = await findClientById(tx, lead.client.id)
  const group = client?.createdFromLeadId === lead.id ? 'converted' : 'linked'
  return await holdStatusOfGroup(tx, group, null)
}

/** A status may have changed its meaning since: to one that is `sold` too, or closed to this lead. */
function isWayBack(
  { status: { group }, client, quarantineReason }: Lead,
  to: StatusOfGroup
): boolean {
  const lead = { group, hasClient: client !== null, isQuarantined: quarantineReason !== null }
  return to.group !== 'sold' && obstacleToMove(lead, { to: to.group, reason: CODE }) === null
}
