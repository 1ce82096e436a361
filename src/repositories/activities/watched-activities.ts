import { and, asc, eq, lte, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities } from '../../database/schema.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { toActivity } from './activities.ts'

/** Planned activities that have come to be announced, the longest ago first, locked. */
export async function lockWatchedActivities(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<Activity[]> {
  const rows = await tx.orm
    .select()
    .from(activities)
    .where(and(eq(activities.dealerId, tx.dealerId), lte(activities.watchAt, now)))
    .orderBy(asc(activities.watchAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  return rows.map(toActivity)
}

/**
 * Sets when each of these is next announced: no reader sees it, so there is no new version.
 */
export async function watchAgain(
  tx: Transaction,
  watched: readonly { id: string; next: Date | null }[]
): Promise<void> {
  if (watched.length === 0) return
  const ids = sql.param(watched.map(({ id }) => id))
  const times = sql.param(watched.map(({ next }) => next?.toISOString() ?? null))
  await tx.orm
    .update(activities)
    .set({ watchAt: sql`given.at` })
    .from(sql`unnest(${ids}::uuid[], ${times}::timestamptz[]) as given (id, at)`)
    .where(and(eq(activities.dealerId, tx.dealerId), sql`${activities.id} = given.id`))
}
