import { and, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { queues, users } from '../../database/schema.ts'

/** A user or queue that rules name, and where they do. */
export type NamedPlace = { pointer: string; userId: string } | { pointer: string; queueId: string }

/** Those that are not the dealer's. Two statements, however many are named. */
export async function findUnknownPlaces(
  tx: Transaction,
  named: readonly NamedPlace[]
): Promise<NamedPlace[]> {
  const userIds = named.flatMap((place) => ('userId' in place ? [place.userId] : []))
  const queueIds = named.flatMap((place) => ('queueId' in place ? [place.queueId] : []))
  const known = new Set([...(await knownUsers(tx, userIds)), ...(await knownQueues(tx, queueIds))])
  return named.filter((place) => !known.has('userId' in place ? place.userId : place.queueId))
}

async function knownUsers(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.orm
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), inArray(users.id, [...new Set(ids)])))
  return rows.map(({ id }) => id)
}

async function knownQueues(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.orm
    .select({ id: queues.id })
    .from(queues)
    .where(and(eq(queues.dealerId, tx.dealerId), inArray(queues.id, [...new Set(ids)])))
  return rows.map(({ id }) => id)
}
