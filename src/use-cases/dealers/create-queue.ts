import type { Database } from '../../database/client.ts'
import type { Queue } from '../../domain/access/user.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertQueue } from '../../repositories/dealers/queues.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateQueue extends CreateCommand<Queue> {
  queue: Pick<Queue, 'name' | 'workingHours'>
}

export async function createQueue(
  db: Database,
  command: CreateQueue
): Promise<Created<Queue> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now } = command
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const queue = { id: newId(), ...command.queue, isDefault: false, ...stamps }
    await insertQueue(tx, queue)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'queue.created', subject: { type: 'queue', id: queue.id } }
    ])
    return queue
  })
}
