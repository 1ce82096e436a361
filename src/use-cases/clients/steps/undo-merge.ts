import type { Transaction } from '../../../database/client.ts'
import type { Client, FillableClient } from '../../../domain/clients/client.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import { separateContents } from '../../../domain/clients/separate-contents.ts'
import type {
  MergeOperation,
  ReassignedLeads,
  RecordedMerge,
  UndoObstacle
} from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { lockActiveAssignees } from '../../../repositories/access/assignees.ts'
import {
  findClientById,
  lockClientById,
  updateClient
} from '../../../repositories/clients/clients.ts'
import {
  MOVING_KINDS,
  findAdded,
  findMergedInto,
  lockMoving,
  moveToClient,
  separate
} from '../../../repositories/clients/merges.ts'
import type { Moving } from '../../../repositories/clients/merges.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import type { LeadWithAssignment } from '../../../repositories/leads/lead-assignments.ts'
import { separateDuplicates } from '../../../repositories/matching/duplicate-merges.ts'
import { findStates } from '../../../repositories/operations/left-states.ts'
import { tellOfClients } from '../../notifications/steps/tell-of-clients.ts'
import { returnAssignments } from '../../operations/steps/return-assignments.ts'
import { voidConsents } from './carry-consents.ts'
import { partConsents } from './part-consents.ts'

/**
 * Makes two clients of one again, also after later changes. The records that moved go back, but those that another
 * client got since; with leads and opportunities go the records that were added to them since. Of the survivor, what
 * was changed since stays, and the rest is as before. The users who get and lose a client by it are told. Returns what prevents it, or null: it is undone.
 */
export async function undoMerge(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  { id: operationId, recorded, createdAt }: MergeOperation
): Promise<{ changes: UndoObstacle[] } | null> {
  const handedOver = recorded.handedOver ?? { leads: [] }
  // All leads in the order of their ids, before the clients.
  const all = new Set([...recorded.leads, ...handedOver.leads].map(({ id }) => id))
  await lockMoving(tx, 'leads', { ids: [...all] })
  const clients = await lockBoth(tx, recorded)
  if (!clients) return { changes: ['client'] }
  const { survivor, gone } = clients
  const leadIds = await returnRecords(tx, recorded, now)
  const { returnable, found } = await findReturnable(tx, recorded)
  await returnAssignments(tx, returnable, found, { actor, now, mailDomain, operationId })
  await updateClient(tx, survivor.id, standingApart(survivor, recorded), now)
  await voidConsents(tx, { clientId: survivor.id, operationId, now })
  const parting = { fromId: survivor.id, toId: gone.id, leadIds, since: createdAt, now }
  await partConsents(tx, parting)
  await separate(tx, gone, recorded, now)
  await separateDuplicates(tx, operationId, now)
  const fromId = survivor.responsibleUser?.id ?? null
  for (const { id } of [survivor, gone]) {
    const client = await findClientById(tx, id)
    if (client) await tellOfClients(tx, { client, fromId }, { actor, now, mailDomain })
  }
  await recordUndone(tx, { actor, now }, operationId, { recorded, leadIds })
  return null
}

/**
 * Both clients, locked, if one is still merged into the other. Older operations did not record what the merge made of the
 * survivor: it must be as they left it.
 */
async function lockBoth(
  tx: Transaction,
  { survivor, merged, states }: RecordedMerge
): Promise<{ survivor: Client; gone: Client } | null> {
  const found = new Map<string, Client | null>()
  for (const id of [survivor.id, merged.id].toSorted()) found.set(id, await lockClientById(tx, id))
  const [kept, gone] = [found.get(survivor.id), found.get(merged.id)]
  if (!kept || !gone || (await findMergedInto(tx, gone.id)) !== kept.id) return null
  if (survivor.after) return { survivor: kept, gone }
  const now = await findStates(tx, 'clients', [kept.id])
  const left = { id: kept.id, version: survivor.versionAfter }
  return isAsLeft(now.get(kept.id), left, states) ? { survivor: kept, gone } : null
}

/**
 * Gives the merged client its records back, with what was added since to its leads and opportunities. Returns
 * the ids of the leads.
 */
async function returnRecords(
  tx: Transaction,
  recorded: RecordedMerge,
  now: Date
): Promise<string[]> {
  const { survivor, merged } = recorded
  const idsOf = (kind: Moving) => recorded[kind].map(({ id }) => id)
  const back = { from: survivor.id, clientId: merged.id, now }
  const leads = await moveToClient(tx, 'leads', idsOf('leads'), back)
  const leadIds = leads.map(({ id }) => id)
  const of = { clientId: survivor.id, leadIds }
  const opportunityIds = [
    ...idsOf('opportunities'),
    ...(await findAdded(tx, 'opportunities', { ...of, opportunityIds: [] }))
  ]
  for (const kind of MOVING_KINDS.filter((moving) => moving !== 'leads')) {
    const added = await findAdded(tx, kind, { ...of, opportunityIds })
    const ids = [...new Set([...idsOf(kind), ...added])]
    await lockMoving(tx, kind, { ids })
    await moveToClient(tx, kind, ids, back)
  }
  return leadIds
}

/** Of the leads that went to another user by the merge, those that this user still has, and whose earlier one is active. */
async function findReturnable(
  tx: Transaction,
  { handedOver, survivor: { after } }: RecordedMerge
): Promise<{ returnable: ReassignedLeads; found: ReadonlyMap<string, LeadWithAssignment> }> {
  const { leads, ...others } = handedOver ?? { leads: [] }
  if (leads.length === 0) return { returnable: { leads, ...others }, found: new Map() }
  const locked = await lockLeadAssignments(
    tx,
    null,
    leads.map(({ id }) => id)
  )
  const found = new Map(locked.map((lead) => [lead.id, lead]))
  const had = leads.flatMap(({ before: { assigneeId } }) => assigneeId ?? [])
  const active = await lockActiveAssignees(tx, [...new Set(had)])
  const returnable = leads.filter(
    ({ id, before: { assigneeId } }) =>
      found.get(id)?.assignment.assigneeId === after?.responsibleUserId &&
      (assigneeId === null || active.has(assigneeId))
  )
  return { returnable: { leads: returnable, ...others }, found }
}

/** The survivor without what the merge brought; what was changed since stays. */
function standingApart(
  { content, responsibleUser, account }: Client,
  { survivor: { before, after } }: RecordedMerge
): FillableClient {
  if (!after) return before
  const now = { responsibleUserId: responsibleUser?.id ?? null, accountId: account?.id ?? null }
  const isLeft = (name: keyof typeof now) => now[name] === after[name]
  return {
    content: separateContents({ before: before.content, after: after.content, now: content }),
    responsibleUserId: isLeft('responsibleUserId')
      ? before.responsibleUserId
      : now.responsibleUserId,
    accountId: isLeft('accountId') ? before.accountId : now.accountId
  }
}

async function recordUndone(
  tx: Transaction,
  { actor, now }: { actor: Actor; now: Date },
  operationId: string,
  { recorded, leadIds }: { recorded: RecordedMerge; leadIds: readonly string[] }
): Promise<void> {
  const { survivor, merged } = recorded
  const data = { operationId, fromClientId: survivor.id, toClientId: merged.id }
  await recordEvents(tx, actor, now, [
    ...leadIds.map((id) => ({
      type: 'lead.moved' as const,
      subject: { type: 'lead' as const, id },
      leadId: id,
      clientId: merged.id,
      data
    })),
    ...[survivor.id, merged.id].map((clientId) => ({
      type: 'operation.undone' as const,
      subject: { type: 'operation' as const, id: operationId },
      clientId,
      data: { kind: 'merge' }
    }))
  ])
}
