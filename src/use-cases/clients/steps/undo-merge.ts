import type { Transaction } from '../../../database/client.ts'
import type { Client } from '../../../domain/clients/client.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import type {
  MergeOperation,
  RecordedMerge,
  UndoObstacle
} from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { lockClientById, updateClient } from '../../../repositories/clients/clients.ts'
import {
  MOVING_KINDS,
  findMergedInto,
  lockMoving,
  moveToClient,
  separate
} from '../../../repositories/clients/merges.ts'
import type { Moving } from '../../../repositories/clients/merges.ts'
import { separateDuplicates } from '../../../repositories/matching/duplicate-writes.ts'
import { findStates } from '../../../repositories/operations/left-states.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { checkReassigned, returnAssignments } from '../../operations/steps/return-assignments.ts'
import { voidConsents } from './carry-consents.ts'

/** The name of each kind in the refusal, where a record of it was changed since. */
const OBSTACLES: Record<Moving, UndoObstacle> = {
  leads: 'lead',
  activities: 'activity',
  opportunities: 'opportunity',
  sales: 'sale'
}

/**
 * Makes two clients of one again: each has what it had, and what came to the survivor since stays there.
 * Returns what was changed since, or null: it is undone.
 */
export async function undoMerge(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  { id: operationId, recorded }: MergeOperation
): Promise<{ changes: UndoObstacle[]; leadIds?: string[] } | null> {
  const handedOver = recorded.handedOver ?? { leads: [] }
  // All leads in the order of their ids, before the clients.
  const all = new Set([...recorded.leads, ...handedOver.leads].map(({ id }) => id))
  await lockMoving(tx, 'leads', { ids: [...all] })
  const checked = await checkReassigned(tx, handedOver, recorded.states)
  const changed = await findChanged(tx, 'leads', recorded)
  const leadIds = [...new Set([...changed, ...checked.leadIds])]
  const areChanged = changed.length > 0 || checked.changes.includes('lead')
  const clients = await lockBoth(tx, recorded)
  const changes: UndoObstacle[] = [
    ...(areChanged ? (['lead'] as const) : []),
    ...checked.changes.filter((change) => change !== 'lead'),
    ...(clients ? [] : (['client'] as const))
  ]
  for (const kind of MOVING_KINDS.filter((kind) => kind !== 'leads')) {
    if ((await findChanged(tx, kind, recorded)).length > 0) changes.push(OBSTACLES[kind])
  }
  if (changes.length > 0 || !clients) {
    return { changes, ...(leadIds.length > 0 ? { leadIds } : {}) }
  }
  const { survivor, merged } = recorded
  for (const kind of MOVING_KINDS) {
    const ids = recorded[kind].map(({ id }) => id)
    await moveToClient(tx, kind, ids, { clientId: merged.id, now })
  }
  await returnAssignments(tx, handedOver, checked.found, { actor, now, mailDomain, operationId })
  await updateClient(tx, survivor.id, survivor.before, now)
  await voidConsents(tx, { clientId: survivor.id, operationId, now })
  await separate(tx, clients.gone, recorded, now)
  await separateDuplicates(tx, operationId, now)
  await recordUndone(tx, { actor, now }, operationId, recorded)
  return null
}

/** The ids of those that are not any more as the merge left them. */
async function findChanged(
  tx: Transaction,
  kind: Moving,
  recorded: RecordedMerge
): Promise<string[]> {
  const ids = recorded[kind].map(({ id }) => id)
  if (ids.length === 0) return []
  await lockMoving(tx, kind, { ids })
  const states = await findStates(tx, kind, ids)
  return recorded[kind]
    .filter((left) => !isAsLeft(states.get(left.id), left, recorded.states))
    .map(({ id }) => id)
}

/** Both clients, locked, if they are as the merge left them. */
async function lockBoth(
  tx: Transaction,
  { survivor, merged, states }: RecordedMerge
): Promise<{ gone: Client } | null> {
  const found = new Map<string, Client | null>()
  for (const id of [survivor.id, merged.id].toSorted()) found.set(id, await lockClientById(tx, id))
  const now = await findStates(tx, 'clients', [survivor.id, merged.id])
  const isLeft = ({ id, versionAfter: version }: { id: string; versionAfter: number }) =>
    isAsLeft(now.get(id), { id, version }, states)
  const gone = found.get(merged.id)
  if (!gone || !isLeft(survivor) || !isLeft(merged)) return null
  return (await findMergedInto(tx, gone.id)) === survivor.id ? { gone } : null
}

async function recordUndone(
  tx: Transaction,
  { actor, now }: { actor: Actor; now: Date },
  operationId: string,
  { survivor, merged, leads }: RecordedMerge
): Promise<void> {
  const data = { operationId, fromClientId: survivor.id, toClientId: merged.id }
  await recordEvents(tx, actor, now, [
    ...leads.map(({ id }) => ({
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
