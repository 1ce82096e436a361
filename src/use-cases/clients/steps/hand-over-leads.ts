import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { ReassignedLeads } from '../../../domain/operations/operation.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUserPrincipal } from '../../../repositories/access/principals.ts'
import { findHeldOfClient } from '../../../repositories/leads/converted-of-client.ts'
import type { HeldLead } from '../../../repositories/leads/converted-of-client.ts'
import { findClosedTo, lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import { assign, holdTarget } from '../../leads/steps/assign.ts'

/** Who hands leads over, and when. */
export interface HandingOver {
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The operation that undoes it, if there is one. */
  operationId?: string
  /** The users who are told of it with the client. */
  knownTo?: readonly string[]
}

/** A client that has another responsible user now. */
export interface PassedClient {
  clientId: string
  /** Null: it had no responsible user. */
  fromId: string | null
  toId: string
  /** Only leads of these ids. */
  only?: readonly string[]
}

/**
 * The converted and sold leads of a client go with it from its earlier responsible user to the new one. If
 * it had none, the converted leads go of users who can't work on them. The leads are locked before, with
 * the client's others.
 */
export async function handOverLeads(
  tx: Transaction,
  { clientId, fromId, toId, only }: PassedClient,
  handing: HandingOver
): Promise<ReassignedLeads | Refusal> {
  const held = await findHeldOfClient(tx, { clientId, only })
  const others = held.filter(({ userId }) => userId !== toId)
  const going =
    fromId === null
      ? await findClosedToHolders(tx, others)
      : others.filter(({ userId }) => userId === fromId).map(({ id }) => id)
  return await giveLeads(tx, going, toId, handing)
}

/** Gives locked leads to the responsible user of their client. */
export async function giveLeads(
  tx: Transaction,
  ids: readonly string[],
  toId: string,
  { operationId, ...handing }: HandingOver
): Promise<ReassignedLeads | Refusal> {
  if (ids.length === 0) return { leads: [] }
  const to = await holdTarget(tx, { assigneeId: toId })
  if (isRefusal(to)) return to
  const found = await lockLeadAssignments(tx, null, ids)
  const eventData = { by: 'client', ...(operationId === undefined ? {} : { operationId }) }
  const { moved, followUps } = await assign(tx, found, { to, eventData, ...handing })
  return {
    leads: moved.map(({ id, assignment, version }) => ({
      id,
      before: assignment,
      versionAfter: version + 1
    })),
    followUps: followUps.map(({ id, fromId, toId }) => ({ id, fromId, toId }))
  }
}

/** The converted leads whose holders can't work on them, or are not active any more. */
async function findClosedToHolders(tx: Transaction, held: readonly HeldLead[]): Promise<string[]> {
  const closed: string[] = []
  const converted = held.filter(({ isConverted }) => isConverted)
  for (const holderId of new Set(converted.map(({ userId }) => userId))) {
    const ids = converted.filter(({ userId }) => userId === holderId).map(({ id }) => id)
    closed.push(...(await findClosedToHolder(tx, holderId, ids)))
  }
  return closed
}

/** Those of these leads on which their holder can't work; all, where the holder is not active any more. */
export async function findClosedToHolder(
  tx: Transaction,
  holderId: string,
  ids: readonly string[]
): Promise<readonly string[]> {
  const holder = await findUserPrincipal(tx, holderId)
  return holder ? [...(await findClosedTo(tx, holder, ids))] : ids
}

/** Whether anything went along, which an undo has to return. */
export function isHandover(handedOver: ReassignedLeads): boolean {
  const { leads, followUps = [], opportunities = [] } = handedOver
  return leads.length + followUps.length + opportunities.length > 0
}

/** The version of a lead after it was handed over, or the one from before that. */
export function versionAfterHandover(
  { leads }: ReassignedLeads,
  { id, version }: { id: string; version: number }
): number {
  return leads.find((lead) => lead.id === id)?.versionAfter ?? version
}
