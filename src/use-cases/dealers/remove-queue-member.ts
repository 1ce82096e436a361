import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { deleteQueueMember } from '../../repositories/dealers/queues.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { write } from '../write.ts'
import type { QueueMemberCommand } from './add-queue-member.ts'

export async function removeQueueMember(
  db: Database,
  command: QueueMemberCommand
): Promise<Refusal | null> {
  const { principal, now, queueId, userId } = command
  return await write(db, command, async (tx) => {
    const wasMember = await deleteQueueMember(tx, { queueId, userId })
    if (!wasMember) return notFound('member of this queue')
    const subject = { type: 'queue', id: queueId } as const
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'queue.member_removed', subject, data: { userId } }
    ])
    return null
  })
}
