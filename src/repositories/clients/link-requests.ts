import { and, eq, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { clients, leads, linkRequests, users } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type {
  LinkRequest,
  LinkRequestState,
  NamedLinkRequest
} from '../../domain/clients/link-request.ts'
import { eqIfGiven, inIfGiven, isNamedBy, isRecord } from '../filters.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { forMembers } from '../for-members.ts'

/** Inserts a request. Returns false if the same lead and client have an open one. */
export async function insertLinkRequest(tx: Transaction, request: LinkRequest): Promise<boolean> {
  const rows = await tx.orm
    .insert(linkRequests)
    .values({ dealerId: tx.dealerId, ...request })
    .onConflictDoNothing()
    .returning({ id: linkRequests.id })
  return rows.length > 0
}

/** Filters of the list; all given filters apply. */
interface LinkRequestFilter {
  lead?: string | undefined
  client?: string | undefined
  state?: readonly LinkRequestState[] | undefined
  fromUser?: readonly string[] | undefined
  toUser?: readonly string[] | undefined
}

/**
 * One page of requests by id, which is by age. A member's page is a union of what they asked and
 * what they were asked: each has an index.
 */
export async function listLinkRequests(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: LinkRequestFilter,
  page: PageRequest
): Promise<Page<NamedLinkRequest>> {
  const isDealers = eq(linkRequests.dealerId, tx.dealerId)
  const conditions = [
    isDealers,
    eqIfGiven(linkRequests.leadId, filter.lead),
    eqIfGiven(linkRequests.clientId, filter.client),
    inIfGiven(linkRequests.state, filter.state),
    inIfGiven(linkRequests.fromUserId, filter.fromUser),
    inIfGiven(linkRequests.toUserId, filter.toUser),
    afterId(linkRequests.id, page)
  ]
  const order = idOrder(linkRequests.id, page)
  const branchIds = (branch: SQL) =>
    tx.orm
      .select({ id: linkRequests.id })
      .from(linkRequests)
      .where(and(...conditions, branch))
      .orderBy(order)
      .limit(page.limit + 1)
  const onPage = forMembers(principal, ({ id }) => {
    const asked = branchIds(eq(linkRequests.fromUserId, id))
    const toAnswer = branchIds(eq(linkRequests.toUserId, id))
    return sql`${linkRequests.id} = any(array((${asked}) union (${toAnswer})))`
  })
  const rows = await selectLinkRequests(tx, tx.filterOrm)
    .where(onPage ? and(isDealers, onPage) : and(...conditions))
    .orderBy(order)
    .limit(page.limit + 1)
  return toPage(rows, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** The request; null when the caller neither made it nor is to answer it. */
export async function findLinkRequest(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<NamedLinkRequest | null> {
  const isParty = forMembers(principal, (user) =>
    or(eq(linkRequests.fromUserId, user.id), eq(linkRequests.toUserId, user.id))
  )
  const [row] = await selectLinkRequests(tx).where(and(isRecord(tx, linkRequests, id), isParty))
  return row ?? null
}

/** The request, regardless of caller visibility. */
export async function findLinkRequestById(
  tx: Transaction,
  id: string
): Promise<NamedLinkRequest | null> {
  const [row] = await selectLinkRequests(tx).where(isRecord(tx, linkRequests, id))
  return row ?? null
}

/** The open requests of a lead, regardless of caller visibility. */
export async function findRequestsOfLead(
  tx: Transaction,
  leadId: string
): Promise<NamedLinkRequest[]> {
  return await selectLinkRequests(tx)
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        eq(linkRequests.leadId, leadId),
        eq(linkRequests.state, sql`'asked'`)
      )
    )
    .orderBy(linkRequests.id)
}

/** The end of a request. */
export interface LinkRequestEnd {
  state: Exclude<LinkRequestState, 'asked'>
  reason?: string | null
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

/** Locks the leads that users ask to link to a client, in the order of their ids. */
export async function lockLeadsAskedFor(tx: Transaction, clientId: string): Promise<void> {
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
  await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), sql`${leads.id} = any(array(${asked}))`))
    .orderBy(leads.id)
    .for('no key update')
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
 * Locks the leads whose requests are past their expiry, the oldest expiry first, and returns their
 * ids. Leads that another transaction has locked are left for the next run.
 */
export async function lockLeadsWithExpiredRequests(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<string[]> {
  const rows = await tx.orm
    .select({ leadId: leads.id })
    .from(linkRequests)
    .innerJoin(leads, isNamedBy(leads, linkRequests, linkRequests.leadId))
    .where(
      and(
        eq(linkRequests.dealerId, tx.dealerId),
        eq(linkRequests.state, 'asked'),
        lte(linkRequests.expiresAt, now)
      )
    )
    .orderBy(linkRequests.expiresAt)
    .limit(limit)
    .for('no key update', { of: leads, skipLocked: true })
  return rows.map(({ leadId }) => leadId)
}

function selectLinkRequests(tx: Transaction, orm = tx.orm) {
  const [fromUsers, toUsers, closers] = [
    alias(users, 'from_users'),
    alias(users, 'to_users'),
    alias(users, 'closers')
  ]
  return orm
    .select({
      id: linkRequests.id,
      leadId: linkRequests.leadId,
      clientId: linkRequests.clientId,
      state: linkRequests.state,
      fromUserId: linkRequests.fromUserId,
      toUserId: linkRequests.toUserId,
      message: linkRequests.message,
      reason: linkRequests.reason,
      expiresAt: linkRequests.expiresAt,
      endedAt: linkRequests.endedAt,
      endedBy: linkRequests.endedBy,
      version: linkRequests.version,
      createdAt: linkRequests.createdAt,
      updatedAt: linkRequests.updatedAt,
      lead: { id: leads.id, name: leads.displayName },
      client: { id: clients.id, name: clients.displayName },
      fromUser: { id: fromUsers.id, name: fromUsers.name },
      toUser: { id: toUsers.id, name: toUsers.name },
      endedByUser: { id: closers.id, name: closers.name }
    })
    .from(linkRequests)
    .innerJoin(leads, isNamedBy(leads, linkRequests, linkRequests.leadId))
    .innerJoin(clients, isNamedBy(clients, linkRequests, linkRequests.clientId))
    .innerJoin(fromUsers, isNamedBy(fromUsers, linkRequests, linkRequests.fromUserId))
    .innerJoin(toUsers, isNamedBy(toUsers, linkRequests, linkRequests.toUserId))
    .leftJoin(closers, isNamedBy(closers, linkRequests, linkRequests.endedBy))
    .$dynamic()
}
