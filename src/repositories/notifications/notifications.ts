import { and, eq, isNull, or, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { notifications } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { PlannedDelivery } from '../../domain/deliveries/delivery.ts'
import { kindOf } from '../../domain/notifications/kinds.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { isRecord } from '../filters.ts'
import { hasParticipant } from '../leads/participants.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

type Addressed = PlannedDelivery & { id: string; leadId: string | null }

/** The notifications among planned deliveries, as `notificationsInsert` takes them. */
export function notificationRows(deliveries: readonly Addressed[]) {
  return deliveries.flatMap((delivery) => {
    const { id, userId, leadId, purpose } = delivery
    const kind = kindOf(purpose)
    if (kind === null || typeof userId !== 'string') return []
    const { aboutId = null, mode = 'now', key = id, facts = {} } = delivery
    return [{ id, userId, kind, key, leadId, aboutId, facts, mode }]
  })
}

/**
 * Inserts notifications, which the expression `notifications` has as JSON. A user who was told of
 * something under its key is not told again.
 */
export function notificationsInsert(parts: { notifications: string; at: string }): string {
  return `
  insert into notifications (dealer_id, id, user_id, kind, key, lead_id, about_id, facts, mode,
    created_at)
  select :dealerId, n.id, n."userId", n.kind, n.key, n."leadId", n."aboutId", n.facts, n.mode,
    ${parts.at}
  from jsonb_to_recordset(${parts.notifications}) as n(id uuid, "userId" uuid, kind text, key text,
    "leadId" uuid, "aboutId" uuid, facts jsonb, mode text)
  order by n."userId", n.kind, n.key
  on conflict do nothing`
}

const INSERT = statement(
  'insert-notifications',
  { notifications: 'jsonb', at: 'timestamptz' },
  `${notificationsInsert({ notifications: ':notifications', at: ':at' })} returning id`
).returning<{ id: string }>()

/** Writes what users are told by planned deliveries, and returns the deliveries without those that they were told before. */
export async function insertNotifications<Delivery extends Addressed>(
  tx: Transaction,
  deliveries: readonly Delivery[],
  now: Date
): Promise<Delivery[]> {
  const rows = notificationRows(deliveries)
  if (rows.length === 0) return [...deliveries]
  const written = await tx.run(INSERT, { notifications: rows, at: now })
  const isNew = new Set(written.map(({ id }) => id))
  const isRepeated = new Set(rows.map(({ id }) => id).filter((id) => !isNew.has(id)))
  return deliveries.filter(({ id }) => !isRepeated.has(id))
}

interface NotificationFilter {
  unread?: boolean | undefined
}

/** One page of what a user was told, by id, which is by time. */
export async function listNotifications(
  tx: Transaction,
  userId: string,
  { unread }: NotificationFilter,
  page: PageRequest
): Promise<Page<Notification>> {
  const rows = await tx.orm
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.dealerId, tx.dealerId),
        eq(notifications.userId, userId),
        unread === true ? isNull(notifications.readAt) : undefined,
        afterId(notifications.id, page)
      )
    )
    .orderBy(idOrder(notifications.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toNotification), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Whether a user was told of a record, or of something about it; of a lead also with its client. */
export async function wasToldOf(tx: Transaction, userId: string, id: string): Promise<boolean> {
  const of = notifications
  const rows = await tx.orm
    .select({ id: of.id })
    .from(of)
    .where(
      and(
        eq(of.dealerId, tx.dealerId),
        eq(of.userId, userId),
        or(eq(of.leadId, id), eq(of.aboutId, id))
      )
    )
    .limit(1)
  return rows.length > 0 || (await hasParticipant(tx, { leadId: id, userId }))
}

/** The notification of this id, whose ever it is. */
export async function findNotification(tx: Transaction, id: string): Promise<Notification | null> {
  const [row] = await tx.orm
    .select()
    .from(notifications)
    .where(isRecord(tx, notifications, id))
  return row ? toNotification(row) : null
}

/** Marks a user's notification as read, once; null: the user has none of this id. */
export async function readNotification(
  tx: Transaction,
  { id, userId, now }: { id: string; userId: string; now: Date }
): Promise<Notification | null> {
  const [row] = await tx.orm
    .update(notifications)
    .set({ readAt: sql`coalesce(${notifications.readAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(isRecord(tx, notifications, id), eq(notifications.userId, userId)))
    .returning()
  return row ? toNotification(row) : null
}

/** Removes what users were told of a record that is removed as if it had never been. */
export async function removeNotificationsOf(tx: Transaction, aboutId: string): Promise<void> {
  await tx.orm
    .delete(notifications)
    .where(and(eq(notifications.dealerId, tx.dealerId), eq(notifications.aboutId, aboutId)))
}

/** The same of a client, or of the clients of an import: what their responsible user was told. */
export async function removeNotificationsOfClients(
  tx: Transaction,
  userId: string,
  about: { clientId: string } | { importId: string }
): Promise<void> {
  await tx.orm.delete(notifications).where(
    and(
      eq(notifications.dealerId, tx.dealerId),
      // Of clients the user is what they are about.
      eq(notifications.aboutId, userId),
      eq(notifications.kind, sql`'newClient'`),
      sql`${notifications.facts} @> ${JSON.stringify(about)}::jsonb`
    )
  )
}

/** Leaves a notification to the digest of its user. */
export async function leaveToDigest(tx: Transaction, id: string): Promise<void> {
  await tx.orm
    .update(notifications)
    .set({ mode: 'digest' })
    .where(isRecord(tx, notifications, id))
}

export function toNotification(row: typeof notifications.$inferSelect): Notification {
  const { dealerId: _, key: _key, digestId: _digest, ...notification } = row
  return notification
}
