import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { obstacleToMove } from '../../../domain/leads/status.ts'
import type { Status } from '../../../domain/leads/status.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import type { StatusOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { leadStatuses } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadById, lockLeadById, updateLead } from '../../../repositories/leads/leads.ts'
import { findStates } from '../../../repositories/operations/left-states.ts'
import { checkReassigned, returnAssignments } from './return-assignments.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'

const CODE: EventCode = 'move_undone'

/**
 * Returns many leads to the statuses that they had, since when they had them. Returns what was changed
 * since, and of which leads, or null if it is undone.
 */
export async function undoStatuses(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  operation: StatusOperation
): Promise<{ changes: UndoObstacle[]; leadIds: string[] } | null> {
  const recorded = operation.recorded.leads
  const statuses = await lockStatuses(tx, recorded)
  const changed: string[] = []
  const closed: string[] = []
  const found = new Map<string, Lead>()
  const ids = recorded.map(({ id }) => id).toSorted()
  for (const id of ids) await lockLeadById(tx, id)
  const { handedOver } = operation.recorded
  const checked = await checkReassigned(tx, handedOver ?? { leads: [] }, operation.recorded.states)
  const states = await findStates(tx, 'leads', ids)
  for (const { id, before, versionAfter: version } of recorded) {
    const isLeft = isAsLeft(states.get(id), { id, version }, operation.recorded.states)
    const lead = isLeft ? await findLeadById(tx, id) : null
    if (!lead) changed.push(id)
    else if (!isWayBack(lead, statuses.get(before.statusId))) closed.push(id)
    else found.set(id, lead)
  }
  const changes: UndoObstacle[] = [
    ...(changed.length > 0 ? (['lead'] as const) : []),
    ...(closed.length > 0 ? (['status'] as const) : []),
    ...checked.changes.filter((change) => change !== 'lead')
  ]
  if (changes.length > 0) {
    return { changes, leadIds: [...new Set([...changed, ...closed, ...checked.leadIds])] }
  }
  for (const { id, before } of recorded) {
    const lead = found.get(id)
    const status = statuses.get(before.statusId)
    if (!lead || !status) continue
    const change = { actor, reason: null, code: CODE, now, mailDomain }
    await moveLeadToStatus(tx, { lead, status, change })
    const { statusId, statusReasonId, statusReasonText } = before
    const stood = {
      ...{ statusId, statusReasonId, statusReasonText },
      statusChangedAt: new Date(before.statusChangedAt),
      respondBy: before.respondBy === null ? null : new Date(before.respondBy),
      clockDueAt: before.clockDueAt === null ? null : new Date(before.clockDueAt)
    }
    await updateLead(tx, id, stood, now)
  }
  if (handedOver) {
    const returning = { actor, now, mailDomain, operationId: operation.id }
    await returnAssignments(tx, handedOver, checked.found, returning)
  }
  await recordEvents(tx, actor, now, [
    {
      type: 'operation.undone',
      subject: { type: 'operation', id: operation.id },
      data: { kind: operation.kind, leads: recorded.length }
    }
  ])
  return null
}

async function lockStatuses(
  tx: Transaction,
  recorded: StatusOperation['recorded']['leads']
): Promise<Map<string, Status>> {
  const statuses = new Map<string, Status>()
  for (const id of [...new Set(recorded.map(({ before }) => before.statusId))].toSorted()) {
    const status = await leadStatuses.lock(tx, id, 'target')
    if (status) statuses.set(id, status)
  }
  return statuses
}

/** A status may have been deleted, or changed its meaning since. */
function isWayBack(lead: Lead, to: Status | undefined): boolean {
  const { client, quarantineReason, status } = lead
  const isQuarantined = quarantineReason !== null
  const from = { group: status.group, hasClient: client !== null, isQuarantined }
  if (!to) return false
  return to.group !== 'sold' && obstacleToMove(from, { to: to.group, reason: CODE }) === null
}
