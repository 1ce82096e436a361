import type { Transaction } from '../../../database/client.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import type { LeftStates } from '../../../domain/operations/left-states.ts'
import type {
  LeadAssignment,
  ReassignedLeads,
  UndoObstacle
} from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { lockActiveAssignees } from '../../../repositories/access/assignees.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import {
  lockLeadAssignments,
  restoreLeadAssignments
} from '../../../repositories/leads/lead-assignments.ts'
import { findStates } from '../../../repositories/operations/left-states.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { moveFollowUps, returnFollowUps } from '../../activities/steps/move-follow-ups.ts'
import { tellOfUndoneAssignments } from '../../notifications/steps/tell-of-undone-assignments.ts'
import { returnOpportunities } from '../../clients/steps/hand-over-opportunities.ts'
import { withdrawOffers } from '../../qualification/steps/withdraw-offers.ts'

/** The leads of an undo, locked, by their ids, and what of them was changed since. */
interface CheckedLeads {
  found: ReadonlyMap<string, LeadWithAssignment>
  changes: UndoObstacle[]
  leadIds: string[]
}

/**
 * Locks leads in the order of their ids, and compares them with how an operation left them. They can't go back
 * to users who are not active any more. The caller need not see them any more, since they gave them away.
 */
export async function checkReassigned(
  tx: Transaction,
  { leads: recorded }: ReassignedLeads,
  states: LeftStates | undefined
): Promise<CheckedLeads> {
  if (recorded.length === 0) return { found: new Map(), changes: [], leadIds: [] }
  const ids = recorded.map(({ id }) => id)
  const found = new Map((await lockLeadAssignments(tx, null, ids)).map((lead) => [lead.id, lead]))
  const now = await findStates(tx, 'leads', ids)
  const changed = recorded.filter(
    ({ id, versionAfter: version }) => !isAsLeft(now.get(id), { id, version }, states)
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
  return { found, changes, leadIds: [...new Set([...changed, ...ownerless].map(({ id }) => id))] }
}

interface Returning {
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  operationId: string
  /** Further events to record. */
  events?: readonly NewEvent[]
}

/**
 * Returns locked leads to their earlier assignees and queues, with the planned activities and opportunities
 * that went with them. The users and queues concerned are told, and each lead's history says where it went.
 */
export async function returnAssignments(
  tx: Transaction,
  { leads: recorded, followUps = [], opportunities = [] }: ReassignedLeads,
  found: CheckedLeads['found'],
  { operationId, events = [], ...returning }: Returning
): Promise<void> {
  const { actor, now } = returning
  await returnOpportunities(tx, opportunities, { actor, now, operationId })
  if (recorded.length === 0 && followUps.length === 0) return
  const before = recorded.map(({ id, before: assignment }) => ({ id, assignment }))
  await restoreLeadAssignments(tx, before, now)
  await withdrawOffers(
    tx,
    recorded.map(({ id }) => id),
    { actor, now }
  )
  await returnFollowUps(tx, followUps, returning)
  const returned = recorded.map(({ id, before: { assigneeId: toId, queueId } }) => {
    const fromId = found.get(id)?.assignment.assigneeId ?? null
    return { id, fromId, toId, queueId: toId === null ? queueId : null }
  })
  // What was planned since goes with the lead, as in every assignment.
  const moves = returned.map(({ id: leadId, fromId, toId }) => ({ leadId, fromId, toId }))
  await moveFollowUps(tx, moves, returning)
  await tellOfUndoneAssignments(tx, returned, returning)
  await recordEvents(tx, actor, now, [
    ...recorded.map(({ id, before }) => describeReturn(found.get(id), { id, before, operationId })),
    ...events
  ])
}

function describeReturn(
  lead: LeadWithAssignment | undefined,
  { id, before, operationId }: { id: string; before: LeadAssignment; operationId: string }
): NewEvent {
  return {
    type: 'lead.assigned',
    subject: { type: 'lead', id },
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
}
