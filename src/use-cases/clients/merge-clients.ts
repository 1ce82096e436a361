import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Client, FillableClient } from '../../domain/clients/client.ts'
import { MAX_MERGED, mergeContents, refuseChoices } from '../../domain/clients/merge.ts'
import type { MergeChoices } from '../../domain/clients/merge.ts'
import type { Made, ReassignedLeads, RecordedMerge } from '../../domain/operations/operation.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
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
import { lockLeadsAskedFor } from '../../repositories/clients/link-request-ends.ts'
import { mergeDuplicates } from '../../repositories/matching/duplicate-merges.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand, CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { tellOfClients } from '../notifications/steps/tell-of-clients.ts'
import { refuseMerge } from './steps/refuse-merge.ts'
import { withdrawRequestsForMerged } from './steps/end-link-requests.ts'
import { isHandover, versionAfterHandover } from './steps/hand-over-leads.ts'
import { findHeldOfSurvivor, handOverMerged } from './steps/hand-over-merged.ts'
import type { MergedIds } from './steps/hand-over-merged.ts'
import { mergeConsents } from './steps/merge-consents.ts'

interface MergeClients extends CreateCommand<MergedClients>, ChangeCommand {
  /** The client that stays. */
  survivorId: string
  /** The client that is merged into it. */
  goneId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
  choices: MergeChoices
}

export interface MergedClients {
  operationId: string
  client: Client
}

/**
 * Merges one client into another, which gets all its records. The id of the merged client then means
 * the survivor. Leads are locked before clients, clients in the order of their ids.
 */
export async function mergeClients(
  db: Database,
  command: MergeClients
): Promise<Created<MergedClients> | Refusal> {
  return await createOnce(db, command, (tx) => merge(tx, command))
}

async function merge(tx: Transaction, command: MergeClients): Promise<MergedClients | Refusal> {
  const { principal, goneId, now } = command
  const known = await findClient(tx, principal, command.survivorId)
  if (!known) return notFound('client')
  const limit = MAX_MERGED + 1
  const heldIds = await findHeldOfSurvivor(tx, known)
  const askedFor = await lockLeadsAskedFor(tx, goneId, { own: limit, ids: heldIds })
  const leads = await lockMoving(tx, 'leads', { clientId: goneId, limit })
  if (leads.length === limit) return tooMany('leads')
  const locked = await lockBoth(tx, principal, { survivorId: known.id, goneId })
  if (isRefusal(locked)) return locked
  const { survivor, gone } = locked
  const refusal =
    versionRefusal(command, survivor.version) ??
    refuseChoices(survivor.content, gone.content, command.choices)
  if (refusal) return refusal

  const moved = await moveRecords(tx, { survivor, gone }, { leadCount: leads.length, now })
  if (isRefusal(moved)) return moved
  const operationId = newId()
  await fillSurvivor(tx, command, { survivor, gone })
  const actor = actorOf(principal)
  await mergeConsents(tx, { fromId: gone.id, clientId: survivor.id, operationId, actor, now })
  const merged = await mergeInto(tx, { goneId: gone.id, survivorId: survivor.id, now })
  const client = await findClientById(tx, survivor.id)
  if (!client) throw new Error('a locked client is gone')
  const { versionAfter, earlierIds } = merged
  const handedOver = await passMergedOn(
    tx,
    command,
    { survivor, gone, client, operationId },
    {
      moved: moved.leads.map(({ id }) => id),
      held: heldIds,
      opportunities: moved.opportunities.map(({ id }) => id)
    }
  )
  if (isRefusal(handedOver)) return handedOver
  const { mailDomain } = command
  const asked = { clientId: gone.id, leadIds: askedFor }
  await withdrawRequestsForMerged(tx, asked, { actor, now, mailDomain })
  const merging = { survivorId: survivor.id, goneId: gone.id, operationId }
  const userId = principal.kind === 'user' ? principal.id : null
  await mergeDuplicates(tx, { ...merging, userId }, now)
  await recordMerge(tx, command, operationId, {
    survivor: {
      id: survivor.id,
      before: standingOf(survivor),
      after: standingOf(client),
      versionAfter: client.version
    },
    merged: { id: gone.id, versionAfter },
    earlierIds,
    ...moved,
    leads: moved.leads.map(({ id, version }) => ({
      id,
      version: versionAfterHandover(handedOver, { id, version })
    })),
    handedOver: isHandover(handedOver) ? handedOver : null
  })
  return { operationId, client }
}

/** Gives the survivor the records of the other client, and returns the versions that leaves. */
async function moveRecords(
  tx: Transaction,
  { survivor, gone }: { survivor: Client; gone: Client },
  { leadCount, now }: { leadCount: number; now: Date }
): Promise<Record<Moving, Made[]> | Refusal> {
  const limit = MAX_MERGED + 1
  const moving: Record<Moving, Made[]> = { leads: [], activities: [], opportunities: [], sales: [] }
  for (const kind of MOVING_KINDS) {
    moving[kind] = await lockMoving(tx, kind, { clientId: gone.id, limit })
    if (moving[kind].length === limit) return tooMany(kind)
  }
  // A lead linked meanwhile is locked after its client: out of order, which risks a deadlock.
  if (moving.leads.length !== leadCount) return { refusal: 'client-busy' }
  const moved = { ...moving }
  for (const kind of MOVING_KINDS) {
    const ids = moving[kind].map(({ id }) => id)
    moved[kind] = await moveToClient(tx, kind, ids, { clientId: survivor.id, now })
  }
  return moved
}

/** Gives what was of the merged client to the responsible user of the survivor, and tells who lost it of all at once. */
async function passMergedOn(
  tx: Transaction,
  { principal, now, mailDomain }: MergeClients,
  {
    client,
    operationId,
    ...both
  }: { survivor: Client; gone: Client; client: Client; operationId: string },
  ids: MergedIds
): Promise<ReassignedLeads | Refusal> {
  const telling = { actor: actorOf(principal), now, mailDomain }
  const fromId = both.gone.responsibleUser?.id ?? null
  const keptBy = client.responsibleUser?.id ?? null
  const knownTo = fromId === null || fromId === keptBy ? [] : [fromId]
  const moved = await handOverMerged(tx, both, ids, { ...telling, operationId, knownTo })
  if (isRefusal(moved)) return moved
  await tellOfClients(tx, { client, fromId, knownTo: keptBy, moved }, telling)
  return moved
}

function tooMany(kind: Moving): Refusal {
  return { refusal: 'too-many', noun: `${kind} of a merged client`, limit: MAX_MERGED }
}

/** Both clients, locked in the order of their ids, so that two merges of them take turns. */
async function lockBoth(
  tx: Transaction,
  principal: TenantPrincipal,
  { survivorId, goneId }: { survivorId: string; goneId: string }
): Promise<{ survivor: Client; gone: Client } | Refusal> {
  const found = new Map<string, Client | null>()
  for (const id of [...new Set([survivorId, goneId])].toSorted()) {
    found.set(id, await lockClient(tx, principal, id))
  }
  const [survivor, gone] = [found.get(survivorId), found.get(goneId)]
  if (!survivor || !gone) return notFound('client')
  return refuseMerge({ survivorId, goneId }, { survivor, gone }) ?? { survivor, gone }
}

async function fillSurvivor(
  tx: Transaction,
  { choices, now }: MergeClients,
  { survivor, gone }: { survivor: Client; gone: Client }
): Promise<void> {
  const content = mergeContents(survivor.content, gone.content, choices)
  const responsibleUserId = survivor.responsibleUser?.id ?? gone.responsibleUser?.id ?? null
  const accountId = survivor.account?.id ?? gone.account?.id ?? null
  await updateClient(tx, survivor.id, { content, responsibleUserId, accountId }, now)
}

function standingOf({ content, responsibleUser, account }: Client): FillableClient {
  return {
    content,
    responsibleUserId: responsibleUser?.id ?? null,
    accountId: account?.id ?? null
  }
}

async function recordMerge(
  tx: Transaction,
  { principal, now }: MergeClients,
  operationId: string,
  recorded: RecordedMerge
): Promise<void> {
  const actor = actorOf(principal)
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
