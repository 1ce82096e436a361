import { and, asc, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, clients, leads, opportunities, sales } from '../../database/schema.ts'
import type { Client } from '../../domain/clients/client.ts'
import type { Made, RecordedMerge } from '../../domain/operations/operation.ts'
import { removeMatchKeys, replaceMatchKeys } from '../leads/match-keys.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

/** The tables of records that belong to clients and move between them, by one statement each. */
const MOVING = { leads, activities, opportunities, sales } as const

export type Moving = keyof typeof MOVING

/** In the order in which they are locked everywhere. */
export const MOVING_KINDS = ['leads', 'activities', 'opportunities', 'sales'] as const

/**
 * The rows of one kind that a client has, or those of these ids, locked in the order of their ids, with
 * their versions; no more than `limit`.
 */
export async function lockMoving(
  tx: Transaction,
  kind: Moving,
  of: { clientId: string; limit: number } | { ids: readonly string[] }
): Promise<Made[]> {
  const table = MOVING[kind]
  const wanted = 'ids' in of ? inArray(table.id, [...of.ids]) : eq(table.clientId, of.clientId)
  return await tx.orm
    .select({ id: table.id, version: table.version })
    .from(table)
    .where(and(eq(table.dealerId, tx.dealerId), wanted))
    .orderBy(asc(table.id))
    .limit('ids' in of ? of.ids.length : of.limit)
    .for('no key update', { of: table })
}

/** How many rows of one kind a client has, at most `limit`. */
export async function countMoving(
  tx: Transaction,
  kind: Moving,
  { clientId, limit }: { clientId: string; limit: number }
): Promise<number> {
  const table = MOVING[kind]
  const few = tx.orm
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.dealerId, tx.dealerId), eq(table.clientId, clientId)))
    .limit(limit)
    .as('few')
  const [row] = await tx.orm.select({ count: sql<number>`count(*)::int` }).from(few)
  return row?.count ?? 0
}

/** The ids of a client's rows of one kind about these leads or, of activities, opportunities. */
export async function findAdded(
  tx: Transaction,
  kind: Exclude<Moving, 'leads'>,
  of: { clientId: string; leadIds: readonly string[]; opportunityIds: readonly string[] }
): Promise<string[]> {
  const table = MOVING[kind]
  const idsOf = async (isAbout: SQL) =>
    await tx.orm
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.dealerId, tx.dealerId), eq(table.clientId, of.clientId), isAbout))
  const rows = [
    ...(await idsOf(inArray(table.leadId, [...of.leadIds]))),
    ...(kind === 'activities'
      ? await idsOf(inArray(activities.opportunityId, [...of.opportunityIds]))
      : [])
  ]
  return rows.map(({ id }) => id)
}

/** Gives locked rows to a client, and returns the versions that leaves; only those that `from` has, if given. */
export async function moveToClient(
  tx: Transaction,
  kind: Moving,
  ids: readonly string[],
  { clientId, from, now }: { clientId: string; from?: string; now: Date }
): Promise<Made[]> {
  if (ids.length === 0) return []
  const table = MOVING[kind]
  return await tx.orm
    .update(table)
    .set({ clientId, version: sql`${table.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(table.dealerId, tx.dealerId),
        inArray(table.id, [...ids]),
        eqIfGiven(table.clientId, from)
      )
    )
    .returning({ id: table.id, version: table.version })
}

/** The client that a locked client was merged into; null for none. */
export async function findMergedInto(tx: Transaction, id: string): Promise<string | null> {
  const [row] = await tx.orm
    .select({ mergedIntoId: clients.mergedIntoId })
    .from(clients)
    .where(isRecord(tx, clients, id))
  return row?.mergedIntoId ?? null
}

/**
 * Merges a locked client into another: lists omit it, and clients merged into it before point to the
 * other. Returns the new version, and the ids of those earlier clients.
 */
export async function mergeInto(
  tx: Transaction,
  { goneId, survivorId, now }: { goneId: string; survivorId: string; now: Date }
): Promise<{ versionAfter: number; earlierIds: string[] }> {
  await removeMatchKeys(tx, goneId)
  const earlier = await pointAt(tx, eq(clients.mergedIntoId, goneId), survivorId, now)
  const [gone] = await pointAt(tx, eq(clients.id, goneId), survivorId, now)
  if (!gone) throw new Error('a locked client is gone')
  return { versionAfter: gone.version, earlierIds: earlier.map(({ id }) => id) }
}

/** Undoes the merge of a locked client, along with the clients that were merged into it before. */
export async function separate(
  tx: Transaction,
  gone: Client,
  { earlierIds }: Pick<RecordedMerge, 'earlierIds'>,
  now: Date
): Promise<void> {
  await pointAt(tx, eq(clients.id, gone.id), null, now)
  await pointAt(tx, inArray(clients.id, earlierIds), gone.id, now)
  await replaceMatchKeys(tx, { type: 'client', id: gone.id }, gone.content)
}

async function pointAt(
  tx: Transaction,
  which: ReturnType<typeof eq>,
  mergedIntoId: string | null,
  now: Date
): Promise<Made[]> {
  return await tx.orm
    .update(clients)
    .set({ mergedIntoId, version: sql`${clients.version} + 1`, updatedAt: now })
    .where(and(eq(clients.dealerId, tx.dealerId), which))
    .returning({ id: clients.id, version: clients.version })
}
