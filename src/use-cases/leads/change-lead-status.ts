import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { obstacleToMove } from '../../domain/leads/status.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { leadStatuses } from '../../repositories/dealers/status-records.ts'
import { lockLead } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { moveLeadToStatus } from './steps/move-lead.ts'

interface ChangeLeadStatus extends ChangeCommand {
  leadId: string
  statusId: string
  reason: string | null
}

/** Moves a lead to a status. A move to the status that the lead has already changes nothing. */
export async function changeLeadStatus(
  db: Database,
  command: ChangeLeadStatus
): Promise<Lead | Refusal> {
  const { principal, leadId, statusId, reason, now } = command
  return await write(db, command, async (tx) => {
    // The status before the lead, in the order in which a deletion of the status locks them.
    const status = await leadStatuses.lock(tx, statusId, 'target')
    const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
    if (isRefusal(lead)) return lead
    if (!status) return invalid('/statusId', 'unknown-status')
    if (status.id === lead.status.id) return lead
    const obstacle = obstacleToMove(
      {
        group: lead.status.group,
        hasClient: lead.client !== null,
        isQuarantined: lead.quarantineReason !== null
      },
      { to: status.group, reason }
    )
    if (obstacle !== null) return { refusal: obstacle }
    return await moveLeadToStatus(tx, {
      lead,
      status,
      change: { actor: actorOf(principal), reason, now }
    })
  })
}
