import type { Transaction } from '../../../database/client.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import type { AssignmentOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { lockActiveAssignees } from '../../../repositories/access/assignees.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  lockLeadAssignments,
  restoreLeadAssignments
} from '../../../repositories/leads/lead-assignments.ts'
import { findStates } from '../../../repositories/operations/left-states.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { moveFollowUps, returnFollowUps } from '../../activities/steps/move-follow-ups.ts'
import { tellOfUndoneAssignments } from '../../notifications/steps/tell-of-undone-assignments.ts'
import { withdrawOffers } from '../../qualification/steps/withdraw-offers.ts'

/**
 * Returns many leads to their earlier assignees and queues. Returns what was changed since, and of
 * which leads, or null if it is undone. The caller need not see the leads any more, since they gave
 * them away. The users and queues concerned are told.
 */
export async function undoAssignment(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  operation: AssignmentOperation
): Promise<{ changes: UndoObstacle[]; leadIds: string[] } | null> {
  const recorded = operation.recorded.leads
  const ids = recorded.map(({ id }) => id)
  const found = new Map((await lockLeadAssignments(tx, null, ids)).map((lead) => [lead.id, lead]))
  const states = await findStates(tx, 'leads', ids)
  const changed = recorded.filter(
    ({ id, versionAfter: version }) =>
      !isAsLeft(states.get(id), { id, version }, operation.recorded.states)
  )
  const had = recorded.flatMap(({ before: { assigneeId } }) => assigneeId ?? [])
  const active = await lockActiveAssignees(tx, [...new Set(had)])
  const ownerless = recorded.filter(
    ({ before: { assigneeId } }) => assigneeId !== null && !active.has(assigneeId)
  )
  const changes: UndoObstacle[] = [
    ...(changed.length > 0 ? (['lead'] as const) : []),
    ...(ownerless.length > 0 ? (['assignee'] as const) : [])
  ]
  if (changes.length > 0) {
    return { changes, leadIds: [...new Set([...changed, ...ownerless].map(({ id }) => id))] }
  }
  const before = recorded.map(({ id, before: assignment }) => ({ id, assignment }))
  await restoreLeadAssignments(tx, before, now)
  await withdrawOffers(tx, ids, { actor, now })
  const { followUps = [] } = operation.recorded
  await returnFollowUps(tx, followUps, { actor, now, mailDomain })
  const returned = recorded.map(({ id, before: { assigneeId: toId, queueId } }) => {
    const fromId = found.get(id)?.assignment.assigneeId ?? null
    return { id, fromId, toId, queueId: toId === null ? queueId : null }
  })
  // What was planned since goes with the lead, as in every assignment.
  const moves = returned.map(({ id: leadId, fromId, toId }) => ({ leadId, fromId, toId }))
  await moveFollowUps(tx, moves, { actor, now, mailDomain })
  await tellOfUndoneAssignments(tx, returned, { actor, now, mailDomain })
  await record(tx, { actor, now }, { operation, found })
  return null
}

/** Each lead's history says where it went; the operation's that it was undone. */
async function record(
  tx: Transaction,
  { actor, now }: { actor: Actor; now: Date },
  undone: { operation: AssignmentOperation; found: ReadonlyMap<string, LeadWithAssignment> }
): Promise<void> {
  const { id: operationId, kind, recorded } = undone.operation
  await recordEvents(tx, actor, now, [
    ...recorded.leads.map(({ id, before }) => {
      const lead = undone.found.get(id)
      return {
        type: 'lead.assigned' as const,
        subject: { type: 'lead' as const, id },
        leadId: id,
        clientId: lead?.clientId ?? null,
        data: {
          fromAssigneeId: lead?.assignment.assigneeId ?? null,
          toAssigneeId: before.assigneeId,
          fromQueueId: lead?.assignment.queueId ?? null,
          toQueueId: before.queueId,
          by: 'undo',
          operationId
        }
      }
    }),
    {
      type: 'operation.undone',
      subject: { type: 'operation', id: operationId },
      data: { kind, leads: recorded.leads.length }
    }
  ])
}
