import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findQueue, insertQueueMember } from '../../repositories/dealers/queues.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

export interface QueueMemberCommand extends Command {
  queueId: string
  userId: string
}

/** Adds a user to a queue; a second time changes nothing. */
export async function addQueueMember(
  db: Database,
  command: QueueMemberCommand
): Promise<{ isNew: boolean } | Refusal> {
  const { principal, now, queueId, userId } = command
  return await write(db, command, async (tx) => {
    if (!(await findQueue(tx, queueId))) return notFound('queue')
    if (!(await findUser(tx, userId))) return notFound('user')
    const isNew = await insertQueueMember(tx, { queueId, userId, now })
    const subject = { type: 'queue', id: queueId } as const
    if (isNew) {
      await recordEvents(tx, actorOf(principal), now, [
        { type: 'queue.member_added', subject, data: { userId } }
      ])
    }
    return { isNew }
  })
}
