import type { Transaction } from '../../../database/client.ts'
import { mayRegroupWithLeads, obstacleToMove, stoodSeconds } from '../../../domain/leads/status.ts'
import { groupsWhere } from '../../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { leadStatuses } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { countLeadsWithStatus } from '../../../repositories/leads/leads.ts'
import {
  findKindsOfLeadsWithStatus,
  moveLeadsWithStatus
} from '../../../repositories/leads/status-leads.ts'
import { recordSales } from '../../sales/steps/record-sales.ts'
import type { StatusKind, StatusMove } from './status-writes.ts'

export const LEAD_STATUSES: StatusKind<StatusGroup> = {
  noun: 'status',
  subject: 'status',
  records: leadStatuses,
  lock: 'statuses',
  neededGroups: groupsWhere(({ isSystem }) => isSystem),
  mayRegroup: mayRegroupWithLeads,
  countUses: countLeadsWithStatus,
  inUse: (leadCount) => ({ refusal: 'status-in-use', leadCount }),
  unknown: 'unknown-status',
  movedCount: 'leadCount',
  moveAll: moveLeads
}

/** How many leads are moved by one statement, all of them within one transaction. */
const BATCH = 1_000

/** The reason that history gives for the move. */
const CODE: EventCode = 'status_deleted'

async function moveLeads(
  tx: Transaction,
  { from, to, actor, now }: StatusMove<StatusGroup>
): Promise<number | Refusal> {
  // Leads with and without a client have different ways open to them.
  for (const { hasClient } of await findKindsOfLeadsWithStatus(tx, from.id)) {
    const lead = { group: from.group, hasClient, isQuarantined: false }
    const refusal = obstacleToMove(lead, { to: to.group, reason: CODE })
    if (refusal !== null) return { refusal }
  }
  const keepsReason = from.group === to.group
  let count = 0
  for (;;) {
    const move = { from: from.id, to: to.id, limit: BATCH, keepsReason, now }
    const moved = await moveLeadsWithStatus(tx, move)
    if (moved.length === 0) return count
    count += moved.length
    await recordEvents(
      tx,
      actor,
      now,
      moved.map(({ id, clientId, since }) => ({
        type: 'lead.status_changed',
        subject: { type: 'lead', id },
        leadId: id,
        clientId,
        data: {
          fromStatusId: from.id,
          toStatusId: to.id,
          fromGroup: from.group,
          toGroup: to.group,
          reason: null,
          code: CODE,
          stoodSeconds: stoodSeconds(since, now)
        }
      }))
    )
    const leadIds = moved.map(({ id }) => id)
    await recordSales(tx, { leadIds, from, toGroup: to.group, actor, now })
  }
}
