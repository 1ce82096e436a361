import type { Database } from '../../database/client.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { readNotification } from '../../repositories/notifications/notifications.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

interface MarkNotification extends Command {
  notificationId: string
}

/** Marks a notification of the caller as read. */
export async function markNotification(
  db: Database,
  command: MarkNotification
): Promise<Notification | Refusal> {
  const { principal, notificationId: id, now } = command
  return await write(
    db,
    command,
    async (tx) =>
      (await readNotification(tx, { id, userId: principal.id, now })) ?? notFound('notification')
  )
}
