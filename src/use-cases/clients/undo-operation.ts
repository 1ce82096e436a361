import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { mayUndo } from '../../domain/clients/operation.ts'
import type { CallOperation, Operation, UndoObstacle } from '../../domain/clients/operation.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import {
  deleteActivity,
  hasOtherActivities,
  lockActivityVersion,
  reassignActivities
} from '../../repositories/activities/activities.ts'
import {
  deleteClient,
  lockClientById,
  setClientOrigin
} from '../../repositories/clients/clients.ts'
import { markConversionUndone } from '../../repositories/clients/conversions.ts'
import { recordEvents } from '../../repositories/events.ts'
import type { NewEvent } from '../../repositories/events.ts'
import { holdStatus } from '../../repositories/dealers/group-statuses.ts'
import type { HeldStatus } from '../../repositories/dealers/group-statuses.ts'
import { findLeadPlace, hasOtherLeads, lockLead } from '../../repositories/leads/leads.ts'
import { lockOperation, markUndone } from '../../repositories/clients/operations.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'
import { placeLead } from './lead-call.ts'
import { undoAssignment } from './undo-assignment.ts'

export type UndoRefusal =
  | { refusal: 'unknown-operation' | 'not-theirs' | 'undone-before' }
  | { refusal: 'changed-since'; changes: UndoObstacle[]; leadIds?: string[] }

/** What is put back: all of it locked, and as the operation left it. */
interface Standing {
  lead: Lead
  status: HeldStatus
}

/**
 * Takes an operation back: the lead stands where it stood, what was made is removed, what was taken
 * along is returned. Refused where any of it was changed since, for then it would undo that too.
 */
export async function undoOperation(
  db: Database,
  call: { principal: TenantPrincipal; actor: Actor; operationId: string; now: Date }
): Promise<Operation | UndoRefusal> {
  const { principal, operationId, now } = call
  return await db.transaction(principal.dealerId, async (tx) => {
    const operation = await lockOperation(tx, principal, operationId)
    if (!operation) return { refusal: 'unknown-operation' }
    if (!mayUndo(principal, operation)) return { refusal: 'not-theirs' }
    if (operation.state === 'undone') return { refusal: 'undone-before' }
    const refusal =
      operation.kind === 'assignment'
        ? await undoAssignment(tx, call, operation)
        : await undoCall(tx, call, operation)
    if (refusal) return { refusal: 'changed-since', ...refusal }
    await markUndone(tx, operationId, now)
    return { ...operation, state: 'undone', undoneAt: now }
  })
}

/** Answers what was changed since, or null: it is undone. */
async function undoCall(
  tx: Transaction,
  call: { principal: TenantPrincipal; actor: Actor; now: Date },
  operation: CallOperation
): Promise<{ changes: UndoObstacle[] } | null> {
  const found = await findStanding(tx, call.principal, operation)
  if (!('lead' in found)) return found
  await putBack(tx, call, { operation, ...found })
  return null
}

/** Locks what the operation touched (lead, client, activity, in this order) and compares. */
async function findStanding(
  tx: Transaction,
  principal: TenantPrincipal,
  { recorded }: CallOperation
): Promise<Standing | { changes: UndoObstacle[] }> {
  const { before, versionAfter } = recorded.lead
  const lead = await lockLead(tx, principal, recorded.lead.id)
  const status = await holdStatus(tx, before.statusId)
  const changes: UndoObstacle[] = []
  // What the score did to the lead meanwhile is no change that would be undone too.
  const place = lead && (await findLeadPlace(tx, lead.id))
  if (place?.version !== versionAfter) changes.push('lead')
  if (!status) changes.push('status')
  changes.push(...(await findClientChanges(tx, recorded)))
  const { createdActivity } = recorded
  if (createdActivity) {
    const version = await lockActivityVersion(tx, createdActivity.id)
    if (version !== createdActivity.version) changes.push('activity')
  }
  return lead && status && changes.length === 0 ? { lead, status } : { changes }
}

async function findClientChanges(
  tx: Transaction,
  { lead, createdClient, createdActivity }: CallOperation['recorded']
): Promise<UndoObstacle[]> {
  const changes: UndoObstacle[] = []
  // The client it goes back to must still be there.
  const { clientId } = lead.before
  if (clientId !== null && !(await lockClientById(tx, clientId))) changes.push('client')
  if (!createdClient) return changes
  const { id, version } = createdClient
  const client = await lockClientById(tx, id)
  if (client?.version !== version) changes.push('client')
  if (await hasOtherLeads(tx, id, lead.id)) changes.push('client-leads')
  if (await hasOtherActivities(tx, id, createdActivity?.id ?? null)) {
    changes.push('client-activities')
  }
  return changes
}

async function putBack(
  tx: Transaction,
  { actor, now }: { actor: Actor; now: Date },
  { operation, lead, status }: Standing & { operation: CallOperation }
): Promise<void> {
  const { recorded, id: operationId, kind } = operation
  const { createdActivity, createdClient, detached } = recorded
  const { clientId } = recorded.lead.before
  const { moved } = await placeLead(tx, lead, { status, clientId }, now)
  const about = { leadId: lead.id, clientId: clientId ?? lead.client?.id ?? null }
  const happened: NewEvent[] = []
  if (createdActivity) {
    await deleteActivity(tx, createdActivity.id)
    const subject = { type: 'activity', id: createdActivity.id }
    happened.push({ type: 'activity.removed', subject, ...about, data: { operationId } })
  }
  if (createdClient) {
    await deleteClient(tx, createdClient.id)
    await markConversionUndone(tx, operationId, now)
    const subject = { type: 'client', id: createdClient.id }
    happened.push({ type: 'client.removed', subject, ...about, data: { operationId } })
  }
  if (detached) await reattach(tx, lead, detached, now)
  const subject = { type: 'operation', id: operationId }
  happened.push({ type: 'operation.undone', subject, ...about, data: { kind, ...moved } })
  await recordEvents(tx, actor, now, happened)
  await rescoreLead(tx, lead.id, now)
}

/** `lead` is as it was before it was put back: its client is the one it is taken from. */
async function reattach(
  tx: Transaction,
  lead: Lead,
  { clientId, activityIds, wasOrigin }: NonNullable<CallOperation['recorded']['detached']>,
  now: Date
): Promise<void> {
  if (wasOrigin) await setClientOrigin(tx, clientId, { from: null, to: lead.id }, now)
  if (activityIds.length === 0) return
  const from = lead.client?.id ?? null
  await reassignActivities(tx, { leadId: lead.id, from, to: clientId, only: activityIds }, now)
}
