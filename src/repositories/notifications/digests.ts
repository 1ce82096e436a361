import { and, asc, eq, gt, isNotNull, isNull, lt, min, ne, or, sql } from 'drizzle-orm'

import { inArray, notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  activities,
  clients,
  digests,
  leads,
  notifications,
  sources,
  statuses,
  users
} from '../../database/schema.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { given, isNamedBy } from '../filters.ts'
import { toNotification } from './notifications.ts'

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

/** A notification with the names of what it is about. */
export interface NamedNotification extends Notification {
  leadName: string | null
  sourceName: string | null
  /** The user that it is about. */
  userName: string | null
  /** The client of the activity that it is about. */
  clientName: string | null
}

/** The kinds that tell of what is still to be done. */
const OF_PLANNED = ['plannedActivity', 'movedActivity', 'reminder', 'overdue'] as const

/** The kinds that ask for a first response to a lead. */
const OF_WAITING = [
  'newLead',
  'queuedLead',
  'offer',
  'offerEnding',
  'linkRequest',
  'responseWarning',
  'responseOverdue'
] as const

/** The notifications of a digest, the first first, up to a limit, and how many there are. */
export async function findDigested(
  tx: Transaction,
  digestId: string,
  limit: number
): Promise<{ shown: NamedNotification[]; total: number }> {
  const of = notifications
  const rows = await tx.orm
    .select({
      notification: notifications,
      leadName: leads.displayName,
      sourceName: sources.name,
      userName: users.name,
      clientName: clients.displayName,
      total: sql<number>`count(*) over ()::int`
    })
    .from(notifications)
    .leftJoin(leads, isNamedBy(leads, of, of.leadId))
    .leftJoin(statuses, isNamedBy(statuses, of, leads.statusId))
    .leftJoin(sources, isNamedBy(sources, of, of.aboutId))
    .leftJoin(users, isNamedBy(users, of, of.aboutId))
    .leftJoin(activities, isNamedBy(activities, of, of.aboutId))
    .leftJoin(clients, isNamedBy(clients, of, activities.clientId))
    .where(
      and(
        eq(of.dealerId, tx.dealerId),
        eq(of.digestId, digestId),
        // Of a lead that was held or deleted since, nothing is told.
        or(
          isNull(of.leadId),
          and(isNull(leads.quarantineReason), ne(statuses.group, sql`'deleted'`))
        ),
        // One that was closed or converted needs no response; what is planned or was done still counts.
        or(notInArray(of.kind, [...OF_WAITING]), inArray(statuses.group, [...AWAITED_GROUPS])),
        // Nor of an activity that was ended or removed, or given to another user.
        or(notInArray(of.kind, [...OF_PLANNED]), eq(activities.state, 'planned')),
        or(ne(of.kind, 'plannedActivity'), eq(activities.userId, of.userId)),
        // Nor that work went to others which the user has again.
        or(ne(of.kind, 'movedActivity'), sql`${activities.userId} is distinct from ${of.userId}`),
        // Nor of a queue's lead that a user has by now.
        or(ne(of.kind, 'queuedLead'), and(isNull(leads.assigneeId), isNotNull(leads.queueId)))
      )
    )
    .orderBy(asc(of.id))
    .limit(limit)
  return {
    shown: rows.map(({ notification, total: _, ...names }) => ({
      ...toNotification(notification),
      ...names
    })),
    total: rows[0]?.total ?? 0
  }
}
