import type { Database } from '../../database/client.ts'
import type { Queue } from '../../domain/access/user.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findQueue, updateQueue } from '../../repositories/dealers/queues.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeQueue extends ChangeCommand {
  queueId: string
  change: Partial<Pick<Queue, 'name' | 'workingHours'>>
}

export async function changeQueue(db: Database, command: ChangeQueue): Promise<Queue | Refusal> {
  const { principal, now, queueId, change } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await findQueue(tx, queueId, 'update'), 'queue')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'queue.updated',
        subject: { type: 'queue', id: queueId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateQueue(tx, queueId, change, now)
  })
}
