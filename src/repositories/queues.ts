import type { Transaction } from '../database/client.ts'
import { queueMembers, queues } from '../database/schema.ts'
import type { Queue } from '../domain/user.ts'

export async function insertQueue(tx: Transaction, queue: Queue): Promise<void> {
  await tx.orm.insert(queues).values({ dealerId: tx.dealerId, ...queue })
}

/** Puts a user into a queue; a second time changes nothing. */
export async function insertQueueMember(
  tx: Transaction,
  { queueId, userId, now }: { queueId: string; userId: string; now: Date }
): Promise<void> {
  await tx.orm
    .insert(queueMembers)
    .values({ dealerId: tx.dealerId, queueId, userId, createdAt: now })
    .onConflictDoNothing()
}
