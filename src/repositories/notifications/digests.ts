import { and, asc, eq, gt, isNull, lt, min, ne, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { digests, notifications, users } from '../../database/schema.ts'
import type { NotificationKind } from '../../domain/notifications/kinds.ts'
import { given, isNamedBy } from '../filters.ts'

/** An active user for whom notifications wait. */
export interface AwaitingUser {
  id: string
  name: string
  email: string
  digestTime: string
  /** When the first of them was written. */
  waitingSince: Date
}

/** What waits for a digest. Conditions of the index `notifications_undigested`. */
function isWaiting(tx: Transaction) {
  return and(
    eq(notifications.dealerId, tx.dealerId),
    eq(notifications.mode, sql`'digest'`),
    isNull(notifications.digestId),
    isNull(notifications.readAt)
  )
}

/** The active users for whom something waits, by id. */
export async function findAwaitingUsers(
  tx: Transaction,
  after: string | null,
  limit: number
): Promise<AwaitingUser[]> {
  const { id, name, email, digestTime } = users
  return await tx.orm
    .select({
      id,
      name,
      email,
      digestTime,
      waitingSince: sql<Date>`${min(notifications.createdAt)}`.mapWith(notifications.createdAt)
    })
    .from(notifications)
    .innerJoin(users, isNamedBy(users, notifications, notifications.userId))
    .where(
      and(
        isWaiting(tx),
        eq(users.active, true),
        given(after, (last) => gt(notifications.userId, last))
      )
    )
    .groupBy(id, name, email, digestTime)
    .orderBy(asc(id))
    .limit(limit)
}

/** Writes the digest of a day; returns false where the user had one. */
export async function insertDigest(
  tx: Transaction,
  digest: Omit<typeof digests.$inferSelect, 'dealerId'>
): Promise<boolean> {
  const rows = await tx.orm
    .insert(digests)
    .values({ dealerId: tx.dealerId, ...digest })
    .onConflictDoNothing()
    .returning({ id: digests.id })
  return rows.length > 0
}

/** Puts what waited for a user at that time into a digest. */
export async function fillDigest(
  tx: Transaction,
  { digestId, userId, until }: { digestId: string; userId: string; until: Date }
): Promise<void> {
  await tx.orm
    .update(notifications)
    .set({ digestId })
    .where(and(isWaiting(tx), eq(notifications.userId, userId), lt(notifications.createdAt, until)))
}

/** Whether a digest tells of anything but notifications of this kind. */
export async function tellsOfOthers(
  tx: Transaction,
  digestId: string,
  kind: NotificationKind
): Promise<boolean> {
  const of = notifications
  const rows = await tx.orm
    .select({ id: of.id })
    .from(of)
    .where(and(eq(of.dealerId, tx.dealerId), eq(of.digestId, digestId), ne(of.kind, kind)))
    .limit(1)
  return rows.length > 0
}
