import { and, asc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { users } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Recipient } from '../../domain/notifications/notification.ts'
import type { QueueRecipient } from '../../domain/notifications/queue-recipients.ts'
import { isRecord } from '../filters.ts'

/** How many users are told of one thing at most. */
const MAX_RECIPIENTS = 200

const RECIPIENT = {
  id: users.id,
  name: users.name,
  email: users.email,
  notificationModes: users.notificationModes
}

/** The active users among these. */
export async function findRecipients(
  tx: Transaction,
  ids: readonly string[]
): Promise<Recipient[]> {
  if (ids.length === 0) return []
  return await tx.orm
    .select(RECIPIENT)
    .from(users)
    .where(and(activeUsers(tx), inArray(users.id, [...ids])))
    .orderBy(asc(users.id))
    .limit(MAX_RECIPIENTS)
}

/** The active owners and admins. */
export async function findManagers(tx: Transaction): Promise<Recipient[]> {
  return await tx.orm
    .select(RECIPIENT)
    .from(users)
    .where(and(activeUsers(tx), inArray(users.role, ['owner', 'admin'])))
    .orderBy(asc(users.id))
    .limit(MAX_RECIPIENTS)
}

function activeUsers(tx: Transaction) {
  return and(eq(users.dealerId, tx.dealerId), eq(users.active, true))
}

/** A user `u` as one who may hear of a queue, whose id or null is `queueId`. */
function queueRecipient(queueId: string): string {
  return `jsonb_build_object('queueId', ${queueId}, 'id', u.id, 'name', u.name, 'email', u.email,
    'notificationModes', u.notification_modes, 'absences', u.absences,
    'workingHours', u.working_hours)`
}

/**
 * Who may hear of leads in the queues that the condition on `m.queue_id` names: their active members, and
 * the owners.
 */
export function queueRecipientsColumn(isAsked: string): string {
  return `(select coalesce(jsonb_agg(r.recipient), '[]') from (
    (select ${queueRecipient('m.queue_id')} as recipient
      from queue_members m join users u on u.dealer_id = m.dealer_id and u.id = m.user_id
      where m.dealer_id = :dealerId and ${isAsked} and u.active
      order by m.queue_id, u.id limit ${MAX_RECIPIENTS})
    union all
    (select ${queueRecipient('null::uuid')} from users u
      where u.dealer_id = :dealerId and u.role = 'owner' and u.active
      order by u.id limit ${MAX_RECIPIENTS})) r) as "queueRecipients"`
}

const QUEUE_RECIPIENTS = statement(
  'queue-recipients',
  { queueIds: 'uuid[]' },
  `select ${queueRecipientsColumn('m.queue_id = any(:queueIds)')}`
).returning<{ queueRecipients: QueueRecipient[] }>()

/** Who may hear of leads in these queues. */
export async function findQueueRecipients(
  tx: Transaction,
  queueIds: readonly string[]
): Promise<QueueRecipient[]> {
  const [row] = await tx.run(QUEUE_RECIPIENTS, { queueIds })
  return row?.queueRecipients ?? []
}

/** Whether a user may hear of leads in this queue: as a member, or as an owner where it has none. */
export async function hearsOfQueue(
  tx: Transaction,
  userId: string,
  queueId: string
): Promise<boolean> {
  const recipients = await findQueueRecipients(tx, [queueId])
  const members = recipients.filter((user) => user.queueId !== null)
  return (members.length > 0 ? members : recipients).some(({ id }) => id === userId)
}

/** The user with what they said about notifications, and the version of the user; null: there is none. */
export async function findNotificationSettings(tx: Transaction, id: string) {
  const [row] = await tx.orm
    .select({
      notificationModes: users.notificationModes,
      digestTime: users.digestTime,
      version: users.version
    })
    .from(users)
    .where(isRecord(tx, users, id))
  return row ?? null
}
