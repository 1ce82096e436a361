import { and, eq, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

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
      withdrawalCode: linkRequests.withdrawalCode,
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
