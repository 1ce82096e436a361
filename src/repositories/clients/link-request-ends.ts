import { and, eq, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, linkRequests, statuses, users } from '../../database/schema.ts'
import { lockLeadsOf } from '../leads/lock-leads.ts'
import type { LinkRequest, LinkRequestState } from '../../domain/clients/link-request.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { WithdrawalCode } from '../../domain/reasons/request-reasons.ts'
import { isNamedBy } from '../filters.ts'

/** How open requests for links end, or pass on, and the locks of their leads. */

/** The end of a request. */
export interface LinkRequestEnd {
  state: Exclude<LinkRequestState, 'asked'>
  reason?: string | null
  withdrawalCode?: WithdrawalCode
  endedBy: string | null
  endedAt: Date
}

/** Ends an open request of a locked lead. */
export async function endLinkRequest(
  tx: Transaction,
  id: string,
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  return await endWhere(tx, eq(linkRequests.id, id), end)
}

/** Ends the open requests of a locked lead, and returns them. */
export async function endRequestsOfLead(
  tx: Transaction,
  leadId: string,
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  return await endWhere(tx, eq(linkRequests.leadId, leadId), end)
}

/** Ends the open requests of these locked leads that others than this user made, and returns them. */
export async function endRequestsOfOthers(
  tx: Transaction,
  { leadIds, userId }: { leadIds: readonly string[]; userId: string | null },
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  const isOthers = sql`${linkRequests.fromUserId} is distinct from ${userId}::uuid`
  return await endWhere(tx, and(inArray(linkRequests.leadId, [...leadIds]), isOthers), end)
}

/** Ends the open requests of these leads, all of them locked, for a client, and returns them. */
export async function endRequestsOfClient(
  tx: Transaction,
  { clientId, leadIds }: { clientId: string; leadIds: readonly string[] },
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  const which = and(eq(linkRequests.clientId, clientId), inArray(linkRequests.leadId, [...leadIds]))
  return await endWhere(tx, which, end)
}

/** Ends the open requests of these locked leads to one user, and returns them. */
export async function endRequestsTo(
  tx: Transaction,
  { userId, leadIds }: { userId: string; leadIds: readonly string[] },
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  const which = and(inArray(linkRequests.leadId, [...leadIds]), eq(linkRequests.toUserId, userId))
  return await endWhere(tx, which, end)
}

/**
 * Locks the leads that users ask to link to a client, as many of its own as are to be locked with them
 * (`own`), and others (`ids`), in the order of their ids. Returns the ids.
 */
export async function lockLeadsAskedFor(
  tx: Transaction,
  clientId: string,
  also: { own: number; ids?: readonly string[] }
): Promise<string[]> {
  const asked = tx.orm
    .select({ id: linkRequests.leadId })
    .from(linkRequests)
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        eq(linkRequests.clientId, clientId),
        eq(linkRequests.state, 'asked')
      )
    )
  const own = tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), eq(leads.clientId, clientId)))
    .orderBy(leads.id)
    .limit(also.own)
  const others = sql`select unnest(${sql.param([...(also.ids ?? [])])}::uuid[])`
  return await lockLeadsOf(tx, asked, own, others)
}

/** Gives the open requests of a client to another user, who answers them, and returns them. */
export async function passRequestsOn(
  tx: Transaction,
  { clientId, toUserId }: { clientId: string; toUserId: string },
  now: Date
): Promise<LinkRequest[]> {
  const rows = await tx.orm
    .update(linkRequests)
    .set({ toUserId, version: sql`${linkRequests.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        eq(linkRequests.clientId, clientId),
        eq(linkRequests.state, 'asked')
      )
    )
    .returning()
  return rows.map(({ dealerId: _, ...request }) => request)
}

/** Ends the open requests of these locked leads that are past their expiry, and returns them. */
export async function expireRequestsOfLeads(
  tx: Transaction,
  leadIds: readonly string[],
  now: Date
): Promise<LinkRequest[]> {
  const which = and(inArray(linkRequests.leadId, [...leadIds]), lte(linkRequests.expiresAt, now))
  return await endWhere(tx, which, { state: 'expired', endedBy: null, endedAt: now })
}

async function endWhere(
  tx: Transaction,
  which: SQL | undefined,
  end: LinkRequestEnd
): Promise<LinkRequest[]> {
  const rows = await tx.orm
    .update(linkRequests)
    .set({ ...end, version: sql`${linkRequests.version} + 1`, updatedAt: end.endedAt })
    .where(and(eq(linkRequests.dealerId, tx.dealerId), eq(linkRequests.state, 'asked'), which))
    .returning()
  return rows.map(({ dealerId: _, ...request }) => request)
}

/**
 * Locks the leads whose requests are past their expiry, those that were lost or deleted, and those that
 * wait for users who were deactivated, the oldest expiry first. Leads that another transaction has locked are left for the next run.
 */
export async function lockLeadsOfEndingRequests(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<{ leadId: string; group: StatusGroup; toInactiveId: string | null }[]> {
  const isToInactive = eq(users.active, false)
  return await tx.orm
    .select({
      leadId: leads.id,
      group: statuses.group,
      toInactiveId: sql<string | null>`case when ${isToInactive} then ${users.id} end`
    })
    .from(linkRequests)
    .innerJoin(leads, isNamedBy(leads, linkRequests, linkRequests.leadId))
    .innerJoin(statuses, isNamedBy(statuses, linkRequests, leads.statusId))
    .innerJoin(users, isNamedBy(users, linkRequests, linkRequests.toUserId))
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        // The index has no others.
        eq(linkRequests.state, sql`'asked'`),
        or(
          lte(linkRequests.expiresAt, now),
          isToInactive,
          inArray(statuses.group, ['lost', 'deleted'])
        )
      )
    )
    .orderBy(linkRequests.expiresAt)
    .limit(limit)
    .for('no key update', { of: leads, skipLocked: true })
}
