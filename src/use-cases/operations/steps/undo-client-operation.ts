import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import { isTheirsToUndo } from '../../../domain/operations/operation.ts'
import type { ClientOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import {
  deleteActivity,
  lockActivityById,
  reassignActivities
} from '../../../repositories/activities/activities.ts'
import { lockClientById, setClientOrigin } from '../../../repositories/clients/clients.ts'
import { isMerged } from '../../../repositories/clients/survivors.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import { holdStatus } from '../../../repositories/dealers/group-statuses.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadById, lockLead, lockLeadById } from '../../../repositories/leads/leads.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { removeNotificationsOf } from '../../../repositories/notifications/notifications.ts'
import { findState } from '../../../repositories/operations/left-states.ts'
import { recordSales } from '../../sales/steps/record-sales.ts'
import { rescoreLead } from '../../scoring/steps/rescore-leads.ts'
import { restoreConsents, voidConsents } from '../../clients/steps/carry-consents.ts'
import { changeClientAndStatus } from '../../clients/steps/change-client-and-status.ts'
import { followClient } from '../../clients/steps/follow-client.ts'
import { checkReassigned, returnAssignments } from './return-assignments.ts'
import { findConversionChanges, takeBackConversion } from '../../clients/steps/undo-conversion.ts'

/** The records to put back, locked, as the operation left them. */
interface Standing {
  lead: Lead
  status: HeldStatus
  /** The leads that went to the responsible user of their client. */
  found: ReadonlyMap<string, LeadWithAssignment>
}

/**
 * Takes back what a call did to one lead: a link, a conversion, an unlink or a move. Returns what was
 * changed since, or null: it is undone.
 */
export async function undoClientOperation(
  tx: Transaction,
  call: { principal: TenantPrincipal; actor: Actor; now: Date; mailDomain: string },
  operation: ClientOperation
): Promise<{ changes: UndoObstacle[] } | null> {
  const found = await findStanding(tx, call.principal, operation)
  if (!('lead' in found)) return found
  await putBack(tx, call, { operation, ...found })
  return null
}

/** Locks what the operation touched (lead, then what a conversion made, then activity) and compares. */
async function findStanding(
  tx: Transaction,
  principal: TenantPrincipal,
  operation: ClientOperation
): Promise<Standing | { changes: UndoObstacle[] }> {
  const { recorded } = operation
  const { before, versionAfter } = recorded.lead
  const handedOver = recorded.handedOver ?? { leads: [] }
  // In the order of ids, before the clients, as others lock several leads.
  await lockLeadAssignments(tx, null, [recorded.lead.id, ...handedOver.leads.map(({ id }) => id)])
  const checked = await checkReassigned(tx, handedOver, recorded.states)
  // Users take their own back, also where the lead is not theirs to read since, or to change.
  const isOwn = isTheirsToUndo(principal, operation)
  if (isOwn) await lockLeadById(tx, recorded.lead.id)
  const lead = isOwn
    ? await findLeadById(tx, recorded.lead.id)
    : await lockLead(tx, principal, recorded.lead.id)
  const status = await holdStatus(tx, before.statusId)
  const changes: UndoObstacle[] = checked.changes.filter((change) => change !== 'lead')
  const areLeft = !checked.changes.includes('lead')
  // A change by the score is no obstacle: the undo loses nothing of it.
  const state = lead && (await findState(tx, 'leads', lead.id))
  const left = { id: recorded.lead.id, version: versionAfter }
  if (!areLeft || !isAsLeft(state, left, recorded.states)) changes.push('lead')
  if (!status) changes.push('status')
  // The client it goes back to must still be there, and be itself. In the order of ids, as others
  // lock them.
  const { clientId } = before
  const both = [clientId, lead?.client?.id ?? null].filter((id) => id !== null)
  for (const id of both.toSorted()) {
    const isThere = (await lockClientById(tx, id)) !== null && !(await isMerged(tx, id))
    if (id === clientId && !isThere) changes.push('client')
  }
  changes.push(...(await findConversionChanges(tx, recorded)))
  const { createdActivity } = recorded
  if (createdActivity) {
    await lockActivityById(tx, createdActivity.id)
    const found = await findState(tx, 'activities', createdActivity.id)
    if (!isAsLeft(found, createdActivity, recorded.states)) changes.push('activity')
  }
  const isSame = lead && status && changes.length === 0
  return isSame ? { lead, status, found: checked.found } : { changes }
}

async function putBack(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  { operation, lead, status, found }: Standing & { operation: ClientOperation }
): Promise<void> {
  const { recorded, id: operationId, kind } = operation
  const { createdActivity, detached } = recorded
  const { clientId } = recorded.lead.before
  const { moved } = await changeClientAndStatus(tx, lead, { status, clientId }, now)
  // Its status may mean `sold` by now.
  const sold = { leadIds: [lead.id], from: lead.status, toGroup: status.group, actor, now }
  await recordSales(tx, sold)
  const { handedOver } = recorded
  if (handedOver) {
    await returnAssignments(tx, handedOver, found, { actor, now, mailDomain, operationId })
  }
  const about = { leadId: lead.id, clientId: clientId ?? lead.client?.id ?? null }
  const happened: NewEvent[] = []
  const from = lead.client?.id ?? null
  if (from !== null) await voidConsents(tx, { clientId: from, leadId: lead.id, now })
  if (createdActivity) {
    await removeNotificationsOf(tx, createdActivity.id)
    await deleteActivity(tx, createdActivity.id)
    const subject = { type: 'activity' as const, id: createdActivity.id }
    happened.push({ type: 'activity.removed', subject, ...about, data: { operationId } })
  }
  const { attachedIds = [] } = recorded
  if (attachedIds.length > 0 && from !== null) {
    await reassignActivities(tx, { leadId: lead.id, from, to: clientId, only: attachedIds }, now)
  }
  if (kind === 'conversion') {
    const back = { operationId, recorded, about, actor, now, mailDomain }
    happened.push(...(await takeBackConversion(tx, back)))
  }
  if (detached) await reattach(tx, lead, detached, now)
  await followClient(tx, lead.id, { actor, now, mailDomain })
  const subject = { type: 'operation' as const, id: operationId }
  happened.push({ type: 'operation.undone', subject, ...about, data: { kind, ...moved } })
  await recordEvents(tx, actor, now, happened)
  await rescoreLead(tx, lead.id, now)
}

/** `lead` is as it was before it was put back: its client is the one it is taken from. */
async function reattach(
  tx: Transaction,
  lead: Lead,
  detached: NonNullable<ClientOperation['recorded']['detached']>,
  now: Date
): Promise<void> {
  const { clientId, activityIds, wasOrigin, consentIds = [] } = detached
  await restoreConsents(tx, { clientId, ids: consentIds, now })
  if (wasOrigin) await setClientOrigin(tx, clientId, { from: null, to: lead.id }, now)
  if (activityIds.length === 0) return
  const from = lead.client?.id ?? null
  await reassignActivities(tx, { leadId: lead.id, from, to: clientId, only: activityIds }, now)
}
