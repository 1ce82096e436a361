import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { queueMembers, queues, users } from '../../database/schema.ts'
import type { Queue, QueueMember } from '../../domain/access/user.ts'
import { afterCursor, afterId, idOrder, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { isRecord } from '../filters.ts'

export async function insertQueue(tx: Transaction, queue: Queue): Promise<void> {
  await tx.orm.insert(queues).values({ dealerId: tx.dealerId, ...queue })
}

export async function listQueues(tx: Transaction, page: PageRequest): Promise<Page<Queue>> {
  const rows = await tx.orm
    .select()
    .from(queues)
    .where(and(eq(queues.dealerId, tx.dealerId), afterCursor(queues.createdAt, queues.id, page)))
    .orderBy(...pageOrder(queues.createdAt, queues.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toQueue), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export async function findQueue(tx: Transaction, id: string, lock?: Lock): Promise<Queue | null> {
  const query = tx.orm
    .select()
    .from(queues)
    .where(isRecord(tx, queues, id))
  const [row] = await lockedIf(query, lock, queues)
  return row ? toQueue(row) : null
}

/** The queue in which leads wait that no rule fits: there is one. */
export async function findDefaultQueueId(tx: Transaction): Promise<string> {
  const [row] = await tx.orm
    .select({ id: queues.id })
    .from(queues)
    .where(and(eq(queues.dealerId, tx.dealerId), eq(queues.isDefault, true)))
  if (!row) throw new Error('a dealer has no default queue')
  return row.id
}

/** Changes a locked queue and returns it as it is now. */
export async function updateQueue(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Queue, 'name' | 'workingHours'>>,
  now: Date
): Promise<Queue> {
  const [row] = await tx.orm
    .update(queues)
    .set({ ...change, version: sql`${queues.version} + 1`, updatedAt: now })
    .where(isRecord(tx, queues, id))
    .returning()
  if (!row) throw new Error('a locked queue is gone')
  return toQueue(row)
}

/** One page of who belongs to a queue, by id. */
export async function listQueueMembers(
  tx: Transaction,
  queueId: string,
  page: PageRequest
): Promise<Page<QueueMember>> {
  const rows = await tx.orm
    .select({
      userId: users.id,
      name: users.name,
      role: users.role,
      active: users.active,
      since: queueMembers.createdAt
    })
    .from(queueMembers)
    .innerJoin(
      users,
      and(eq(users.dealerId, queueMembers.dealerId), eq(users.id, queueMembers.userId))
    )
    .where(
      and(
        eq(queueMembers.dealerId, tx.dealerId),
        eq(queueMembers.queueId, queueId),
        afterId(queueMembers.userId, page)
      )
    )
    .orderBy(idOrder(queueMembers.userId, page))
    .limit(page.limit + 1)
  return toPage(rows, page, ({ since, userId }) => ({ at: since, id: userId }))
}

/** Puts a user into a queue; returns false where they belong to it already. */
export async function insertQueueMember(
  tx: Transaction,
  { queueId, userId, now }: { queueId: string; userId: string; now: Date }
): Promise<boolean> {
  const rows = await tx.orm
    .insert(queueMembers)
    .values({ dealerId: tx.dealerId, queueId, userId, createdAt: now })
    .onConflictDoNothing()
    .returning({ userId: queueMembers.userId })
  return rows.length > 0
}

/** Takes a user out of a queue; returns false where they don't belong to it. */
export async function deleteQueueMember(
  tx: Transaction,
  { queueId, userId }: { queueId: string; userId: string }
): Promise<boolean> {
  const rows = await tx.orm
    .delete(queueMembers)
    .where(
      and(
        eq(queueMembers.dealerId, tx.dealerId),
        eq(queueMembers.queueId, queueId),
        eq(queueMembers.userId, userId)
      )
    )
    .returning({ userId: queueMembers.userId })
  return rows.length > 0
}

function toQueue({ dealerId: _, ...queue }: typeof queues.$inferSelect): Queue {
  return queue
}
