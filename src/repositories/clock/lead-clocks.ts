import { and, eq, isNotNull, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, leadClocks } from '../../database/schema.ts'
import { CONTACT_TYPES } from '../../domain/clock/lead-clock.ts'
import type { FirstContact, Milestone } from '../../domain/clock/lead-clock.ts'

/** A moment as it is stored: how long after arrival by the clock on the wall follows from it. */
type KeptMoment = Pick<Milestone, 'at' | 'workingSeconds'> & { userId: string | null }

/** The stored clock of a lead. */
export interface KeptClock {
  attempted: KeptMoment | null
  reached: KeptMoment | null
  met: KeptMoment | null
}

/**
 * When people first did something of each type with each outcome about a lead: activities that are
 * done, by a user. There are no more rows than types and outcomes, however many activities.
 */
export async function findFirstContacts(tx: Transaction, leadId: string): Promise<FirstContact[]> {
  return await tx.orm
    .select({
      type: activities.type,
      outcome: activities.outcome,
      at: sql<Date>`min(${activities.doneAt})`.mapWith(activities.doneAt),
      userId: sql<string>`(array_agg(${activities.userId}
        order by ${activities.doneAt}, ${activities.id}))[1]`
    })
    .from(activities)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.leadId, leadId),
        eq(activities.state, 'done'),
        isNotNull(activities.userId),
        isNotNull(activities.doneAt),
        inArray(activities.type, [...CONTACT_TYPES])
      )
    )
    .groupBy(activities.type, activities.outcome)
}

export async function findLeadClock(tx: Transaction, leadId: string): Promise<KeptClock | null> {
  const [row] = await tx.orm
    .select()
    .from(leadClocks)
    .where(and(eq(leadClocks.dealerId, tx.dealerId), eq(leadClocks.leadId, leadId)))
  if (!row) return null
  return {
    attempted: momentOf(row.attemptedAt, row.attemptedWorkingSeconds, row.attemptedBy),
    reached: momentOf(row.reachedAt, row.reachedWorkingSeconds, row.reachedBy),
    met: momentOf(row.metAt, row.metWorkingSeconds, row.metBy)
  }
}

function momentOf(
  at: Date | null,
  workingSeconds: number | null,
  userId: string | null
): KeptMoment | null {
  return at === null || workingSeconds === null ? null : { at, workingSeconds, userId }
}

/** Writes down the clock of a locked lead. */
export async function saveLeadClock(
  tx: Transaction,
  leadId: string,
  { attempted, reached, met }: KeptClock,
  now: Date
): Promise<void> {
  const columns = {
    attemptedAt: attempted?.at ?? null,
    attemptedWorkingSeconds: attempted?.workingSeconds ?? null,
    attemptedBy: attempted?.userId ?? null,
    reachedAt: reached?.at ?? null,
    reachedWorkingSeconds: reached?.workingSeconds ?? null,
    reachedBy: reached?.userId ?? null,
    metAt: met?.at ?? null,
    metWorkingSeconds: met?.workingSeconds ?? null,
    metBy: met?.userId ?? null,
    updatedAt: now
  }
  await tx.orm
    .insert(leadClocks)
    .values({ dealerId: tx.dealerId, leadId, ...columns })
    .onConflictDoUpdate({ target: [leadClocks.dealerId, leadClocks.leadId], set: columns })
}

export async function deleteLeadClock(tx: Transaction, leadId: string): Promise<void> {
  await tx.orm
    .delete(leadClocks)
    .where(and(eq(leadClocks.dealerId, tx.dealerId), eq(leadClocks.leadId, leadId)))
}
