import { and, eq, ne, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { statuses } from '../../database/schema.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Status } from '../../domain/leads/status.ts'
import { afterPlace, placeCursor, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

export async function insertStatuses(tx: Transaction, all: readonly Status[]): Promise<void> {
  await tx.orm.insert(statuses).values(all.map((status) => ({ dealerId: tx.dealerId, ...status })))
}

/** One page of statuses in the dealer's order. */
export async function listStatuses(
  tx: Transaction,
  filter: { group?: StatusGroup | undefined },
  page: PageRequest
): Promise<Page<Status>> {
  const rows = await tx.orm
    .select()
    .from(statuses)
    .where(
      and(
        eq(statuses.dealerId, tx.dealerId),
        filter.group === undefined ? undefined : eq(statuses.group, filter.group),
        afterPlace(statuses.position, statuses.id, page)
      )
    )
    .orderBy(statuses.position, statuses.id)
    .limit(page.limit + 1)
  return toPage(rows.map(toStatus), page, placeCursor)
}

export async function findStatus(tx: Transaction, id: string): Promise<Status | null> {
  const [row] = await tx.orm
    .select()
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
  return row ? toStatus(row) : null
}

/** The status, locked until the transaction ends: no lead gets it meanwhile. */
export async function lockStatus(tx: Transaction, id: string): Promise<Status | null> {
  const [row] = await tx.orm
    .select()
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
    .for('update')
  return row ? toStatus(row) : null
}

/**
 * The status, locked against other changes of it and of leads' statuses, while captures go on: for
 * what may take long.
 */
export async function lockStatusLightly(tx: Transaction, id: string): Promise<Status | null> {
  const [row] = await tx.orm
    .select()
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
    .for('no key update')
  return row ? toStatus(row) : null
}

/**
 * The status that leads are about to move to: it stays, and stays in its group, until the
 * transaction ends. To be taken before the leads' own locks, as a deletion takes them.
 */
export async function lockTargetStatus(tx: Transaction, id: string): Promise<Status | null> {
  const [row] = await tx.orm
    .select()
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
    .for('share')
  return row ? toStatus(row) : null
}

/** Changes a locked status and answers it as it is now. */
export async function updateStatus(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Status, 'name' | 'group' | 'color' | 'position'>>,
  now: Date
): Promise<Status> {
  const [row] = await tx.orm
    .update(statuses)
    .set({ ...change, version: sql`${statuses.version} + 1`, updatedAt: now })
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
    .returning()
  if (!row) throw new Error('a locked status is gone')
  return toStatus(row)
}

/** Removes a locked status that no lead has. */
export async function deleteStatus(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(statuses).where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.id, id)))
}

/** Whether the group has a status beside this one. */
export async function hasOtherStatusInGroup(
  tx: Transaction,
  { id, group }: { id: string; group: StatusGroup }
): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), eq(statuses.group, group), ne(statuses.id, id)))
    .limit(1)
  return rows.length > 0
}

/** How many statuses the dealer has, and the position after the last. */
export async function measureStatuses(
  tx: Transaction
): Promise<{ count: number; nextPosition: number }> {
  const [row] = await tx.orm
    .select({
      count: sql<number>`count(*)::int`,
      nextPosition: sql<number>`coalesce(max(${statuses.position}), -1)::int + 1`
    })
    .from(statuses)
    .where(eq(statuses.dealerId, tx.dealerId))
  return row ?? { count: 0, nextPosition: 0 }
}

function toStatus({ dealerId: _, ...status }: typeof statuses.$inferSelect): Status {
  return status
}
