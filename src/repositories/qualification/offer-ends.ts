import { and, eq, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { handovers, leads, linkRequests, statuses, users } from '../../database/schema.ts'
import { lockLeadsOf } from '../leads/lock-leads.ts'
import { STATUS_GROUPS, isAwaitedGroup } from '../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Handover, HandoverState } from '../../domain/qualification/handover.ts'
import { isNamedBy } from '../filters.ts'
import { toHandover } from './handovers.ts'

/** How open offers end, and the locks of their leads. */

/** The end of an offer. */
interface HandoverEnd {
  state: Exclude<HandoverState, 'offered'>
  reason?: string | null
  endedBy: string | null
  endedAt: Date
}

/** Ends a locked offer. */
export async function endHandover(tx: Transaction, id: string, end: HandoverEnd): Promise<void> {
  await endWhere(tx, eq(handovers.id, id), end)
}

/** Ends the open offers of these locked leads, and returns them. */
export async function endOffersOfLeads(
  tx: Transaction,
  leadIds: readonly string[],
  end: HandoverEnd
): Promise<Handover[]> {
  return await endWhere(tx, inArray(handovers.leadId, [...leadIds]), end)
}

/** Ends the open offers of these locked leads to one user, and returns them. */
export async function endOffersTo(
  tx: Transaction,
  { userId, leadIds }: { userId: string; leadIds: readonly string[] },
  end: HandoverEnd
): Promise<Handover[]> {
  const which = and(inArray(handovers.leadId, [...leadIds]), eq(handovers.toUserId, userId))
  return await endWhere(tx, which, end)
}

/**
 * Locks the leads that wait for a user to respond, to an open offer or a request for a link, in the order
 * of their ids, and returns these.
 */
export async function lockLeadsAwaitingUser(tx: Transaction, userId: string): Promise<string[]> {
  const offered = tx.orm
    .select({ id: handovers.leadId })
    .from(handovers)
    .where(
      and(
        eq(handovers.dealerId, tx.dealerId),
        eq(handovers.toUserId, userId),
        eq(handovers.state, 'offered')
      )
    )
  const asked = tx.orm
    .select({ id: linkRequests.leadId })
    .from(linkRequests)
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        eq(linkRequests.toUserId, userId),
        eq(linkRequests.state, 'asked')
      )
    )
  return await lockLeadsOf(tx, offered, asked)
}

async function endWhere(
  tx: Transaction,
  which: SQL | undefined,
  end: HandoverEnd
): Promise<Handover[]> {
  const rows = await tx.orm
    .update(handovers)
    .set({ ...end, version: sql`${handovers.version} + 1`, updatedAt: end.endedAt })
    .where(and(eq(handovers.dealerId, tx.dealerId), eq(handovers.state, 'offered'), which))
    .returning()
  return rows.map(toHandover)
}

/**
 * Locks the leads whose offers are past their expiry, those that were closed or converted, as by another
 * group of their status, and those that are offered to users who were deactivated, the oldest expiry
 * first. Leads that another transaction has locked are left for the next run.
 */
export async function lockLeadsOfEndingOffers(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<{ leadId: string; group: StatusGroup; toInactiveId: string | null }[]> {
  const isToInactive = eq(users.active, false)
  const isEnding = or(
    lte(handovers.expiresAt, now),
    isToInactive,
    inArray(
      statuses.group,
      STATUS_GROUPS.filter((group) => !isAwaitedGroup(group))
    )
  )
  return await tx.orm
    .select({
      leadId: leads.id,
      group: statuses.group,
      toInactiveId: sql<string | null>`case when ${isToInactive} then ${users.id} end`
    })
    .from(handovers)
    .innerJoin(leads, isNamedBy(leads, handovers, handovers.leadId))
    .innerJoin(statuses, isNamedBy(statuses, handovers, leads.statusId))
    .leftJoin(users, isNamedBy(users, handovers, handovers.toUserId))
    .where(
      // The index has no others.
      and(eq(handovers.dealerId, tx.dealerId), eq(handovers.state, sql`'offered'`), isEnding)
    )
    .orderBy(handovers.expiresAt)
    .limit(limit)
    .for('no key update', { of: leads, skipLocked: true })
}

/** Ends the offers of these locked leads that are past their expiry, and returns them. */
export async function expireOffersOfLeads(
  tx: Transaction,
  leadIds: readonly string[],
  now: Date
): Promise<Handover[]> {
  const which = and(inArray(handovers.leadId, [...leadIds]), lte(handovers.expiresAt, now))
  return await endWhere(tx, which, {
    state: 'expired',
    endedBy: null,
    endedAt: now
  })
}
