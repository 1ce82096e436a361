import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { isOpenGroup } from '../../domain/leads/status-groups.ts'
import { obstacleToMove, stoodSeconds } from '../../domain/leads/status.ts'
import type { MoveObstacle, Status } from '../../domain/leads/status.ts'
import type { EventCode } from '../../domain/reasons/event-reasons.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findLeadById,
  findLeadPlace,
  lockLead,
  updateLead
} from '../../repositories/leads/leads.ts'
import { leadStatuses } from '../../repositories/dealers/status-records.ts'
import { recordSales } from '../sales/steps/record-sales.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'

export interface StatusChange {
  principal: TenantPrincipal
  actor: Actor
  leadId: string
  statusId: string
  reason: string | null
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
}

/**
 * Moves a lead to a status, or answers what stands against it; null where the caller sees no such
 * lead. A move to the status it has already changes nothing.
 */
export async function changeLeadStatus(
  db: Database,
  change: StatusChange
): Promise<{ lead: Lead } | { refusal: MoveObstacle | 'unknown-status' } | null> {
  const { principal, leadId, statusId, reason } = change
  return await db.transaction(principal.dealerId, async (tx) => {
    // The status before the lead, as its deletion locks them: in another order they could wait for
    // each other.
    const status = await leadStatuses.lock(tx, statusId, 'target')
    const lead = await lockLead(tx, principal, leadId)
    if (!lead) return null
    change.checkVersion(lead.version)
    if (!status) return { refusal: 'unknown-status' }
    if (status.id === lead.status.id) return { lead }
    const obstacle = obstacleToMove(
      {
        group: lead.status.group,
        hasClient: lead.client !== null,
        isQuarantined: lead.quarantineReason !== null
      },
      { to: status.group, reason }
    )
    if (obstacle !== null) return { refusal: obstacle }
    return { lead: await moveLead(tx, { lead, status, change }) }
  })
}

/** Moves a locked lead to another status, where nothing stands against it, and answers it. */
export async function moveLead(
  tx: Transaction,
  {
    lead,
    status,
    change
  }: {
    lead: Lead
    status: Pick<Status, 'id' | 'group'>
    change: Pick<StatusChange, 'actor' | 'reason' | 'now'> & { code?: EventCode }
  }
): Promise<Lead> {
  const { actor, reason, code = null, now } = change
  const place = await findLeadPlace(tx, lead.id)
  // What is closed waits for nobody.
  const plan = isOpenGroup(status.group) ? {} : { respondBy: null, clockDueAt: null }
  await updateLead(tx, lead.id, { statusId: status.id, statusChangedAt: now, ...plan }, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.status_changed',
      subject: { type: 'lead', id: lead.id },
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      data: {
        fromStatusId: lead.status.id,
        toStatusId: status.id,
        fromGroup: lead.status.group,
        toGroup: status.group,
        reason,
        code,
        stoodSeconds: stoodSeconds(place?.statusChangedAt ?? lead.receivedAt, now)
      }
    }
  ])
  const from = lead.status
  await recordSales(tx, { leadIds: [lead.id], from, toGroup: status.group, actor, now })
  await rescoreLead(tx, lead.id, now)
  const moved = await findLeadById(tx, lead.id)
  if (!moved) throw new Error('a locked lead is gone')
  return moved
}
