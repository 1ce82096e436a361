import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Client } from '../../domain/clients/client.ts'
import { MAX_MERGED, mergeContents } from '../../domain/clients/merge.ts'
import type { Made, RecordedMerge } from '../../domain/operations/operation.ts'
import type { Actor } from '../../domain/events/event.ts'
import { newId } from '../../ids.ts'
import {
  findClient,
  findClientById,
  lockClient,
  updateClient
} from '../../repositories/clients/clients.ts'
import {
  MOVING_KINDS,
  lockMoving,
  mergeInto,
  moveToClient
} from '../../repositories/clients/merges.ts'
import type { Moving } from '../../repositories/clients/merges.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { mergeConsents } from './steps/merge-consents.ts'

export interface MergeClients {
  principal: TenantPrincipal
  actor: Actor
  /** The one that stays. */
  survivorId: string
  /** The one that goes. */
  goneId: string
  /** Whether what the one that goes says counts over what the other says. */
  overwrite: boolean
  /** Throws where the call is based on another version of the survivor. */
  checkVersion: (version: number) => void
  now: Date
}

export type MergeRefusal =
  | { refusal: 'unknown-client' | 'same-client' | 'merged-before' | 'busy' }
  | { refusal: 'too-many'; kind: Moving }

/**
 * Makes one client of two: what belongs to the one that goes is the other's from now on, and its id
 * means the other. Leads are locked before clients, clients in the order of their ids.
 */
export async function mergeClients(
  tx: Transaction,
  call: MergeClients
): Promise<{ operationId: string; client: Client } | MergeRefusal> {
  const { principal, goneId, now } = call
  const known = await findClient(tx, principal, call.survivorId)
  if (!known) return { refusal: 'unknown-client' }
  const limit = MAX_MERGED + 1
  const leads = await lockMoving(tx, 'leads', { clientId: goneId, limit })
  if (leads.length === limit) return { refusal: 'too-many', kind: 'leads' }
  const locked = await lockBoth(tx, principal, { survivorId: known.id, goneId })
  if ('refusal' in locked) return locked
  const { survivor, gone } = locked
  call.checkVersion(survivor.version)

  const moving: Record<Moving, Made[]> = { leads, activities: [], opportunities: [], sales: [] }
  for (const kind of MOVING_KINDS) {
    moving[kind] = await lockMoving(tx, kind, { clientId: goneId, limit })
    if (moving[kind].length === limit) return { refusal: 'too-many', kind }
  }
  // One that came meanwhile was locked after the client: whoever holds it may wait for that.
  if (moving.leads.length !== leads.length) return { refusal: 'busy' }

  const to = { clientId: survivor.id, now }
  const moved: Record<Moving, Made[]> = { leads: [], activities: [], opportunities: [], sales: [] }
  for (const kind of MOVING_KINDS) {
    moved[kind] = await moveToClient(
      tx,
      kind,
      moving[kind].map(({ id }) => id),
      to
    )
  }
  const operationId = newId()
  await fillSurvivor(tx, call, { survivor, gone })
  await mergeConsents(tx, { ...call, fromId: gone.id, clientId: survivor.id, operationId })
  const merged = await mergeInto(tx, { goneId: gone.id, survivorId: survivor.id, now })
  const client = await findClientById(tx, survivor.id)
  if (!client) throw new Error('a locked client is gone')
  const { versionAfter, earlierIds } = merged
  await recordMerge(tx, call, operationId, {
    survivor: { id: survivor.id, before: standingOf(survivor), versionAfter: client.version },
    merged: { id: gone.id, versionAfter },
    earlierIds,
    ...moved
  })
  return { operationId, client }
}

/** Both, locked in the order of their ids: of two merges of the same two, one finds the other done. */
async function lockBoth(
  tx: Transaction,
  principal: TenantPrincipal,
  { survivorId, goneId }: { survivorId: string; goneId: string }
): Promise<{ survivor: Client; gone: Client } | MergeRefusal> {
  if (survivorId === goneId) return { refusal: 'same-client' }
  const found = new Map<string, Client | null>()
  for (const id of [survivorId, goneId].toSorted()) {
    found.set(id, await lockClient(tx, principal, id))
  }
  const [survivor, gone] = [found.get(survivorId), found.get(goneId)]
  if (!survivor || !gone) return { refusal: 'unknown-client' }
  // An id that was merged means another client by now: that is not whom the caller speaks of.
  if (survivor.id !== survivorId || gone.id !== goneId) return { refusal: 'merged-before' }
  return { survivor, gone }
}

async function fillSurvivor(
  tx: Transaction,
  { overwrite, now }: MergeClients,
  { survivor, gone }: { survivor: Client; gone: Client }
): Promise<void> {
  const content = mergeContents(survivor.content, gone.content, overwrite)
  const responsibleUserId = survivor.responsibleUser?.id ?? gone.responsibleUser?.id ?? null
  const accountId = survivor.account?.id ?? gone.account?.id ?? null
  await updateClient(tx, survivor.id, { content, responsibleUserId, accountId }, now)
}

function standingOf({ content, responsibleUser, account }: Client) {
  return {
    content,
    responsibleUserId: responsibleUser?.id ?? null,
    accountId: account?.id ?? null
  }
}

async function recordMerge(
  tx: Transaction,
  { actor, now }: MergeClients,
  operationId: string,
  recorded: RecordedMerge
): Promise<void> {
  const { survivor, merged } = recorded
  await insertOperation(tx, {
    id: operationId,
    kind: 'merge',
    state: 'done',
    leadId: null,
    actor,
    recorded,
    undoneAt: null,
    createdAt: now
  })
  const data = { operationId, fromClientId: merged.id, toClientId: survivor.id }
  const counts = Object.fromEntries(MOVING_KINDS.map((kind) => [kind, recorded[kind].length]))
  await recordEvents(tx, actor, now, [
    ...[survivor.id, merged.id].map((id) => ({
      type: 'client.merged' as const,
      subject: { type: 'client' as const, id },
      clientId: id,
      data: { ...data, ...counts }
    })),
    ...recorded.leads.map(({ id }) => ({
      type: 'lead.moved' as const,
      subject: { type: 'lead' as const, id },
      leadId: id,
      clientId: survivor.id,
      data
    }))
  ])
}
