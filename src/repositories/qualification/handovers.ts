import { and, eq, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { handovers, leads, statuses, users } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { Team, TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Handover, HandoverState, NamedHandover } from '../../domain/qualification/handover.ts'
import { warnOfOfferAt } from '../../domain/qualification/offer-warning.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { insertParticipants } from '../leads/participants.ts'
import { isWaiting, openToThem, visibleLeads } from '../visibility.ts'
import { forMembers } from '../for-members.ts'
import { eqIfGiven, inIfGiven, isNamedBy, isRecord } from '../filters.ts'

/** Inserts an offer. Returns false if the lead has an open offer. */
export async function insertOffer(tx: Transaction, offer: Handover): Promise<boolean> {
  const rows = await tx.orm
    .insert(handovers)
    .values({ dealerId: tx.dealerId, ...offer, warnAt: warnOfOfferAt(offer) })
    .onConflictDoNothing()
    .returning({ id: handovers.id })
  return rows.length > 0
}

/** Filters of the list of handovers; all given filters apply. */
interface HandoverFilter {
  lead?: string | undefined
  state?: readonly HandoverState[] | undefined
  fromUser?: readonly string[] | undefined
  toUser?: readonly string[] | undefined
  team?: readonly Team[] | undefined
  /** Offers to this user or to the user's team. */
  to?: { userId: string; team: Team | null } | undefined
}

/**
 * One page of handovers by id, which is by age. A member's page is a union of one query each for
 * offers made, offers received, offers to the team and offers of visible leads: each has an index.
 */
export async function listHandovers(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: HandoverFilter,
  page: PageRequest
): Promise<Page<NamedHandover>> {
  const conditions = [
    eq(handovers.dealerId, tx.dealerId),
    ...filterConditions(filter),
    afterId(handovers.id, page)
  ]
  const cut = (branch: SQL | undefined) =>
    tx.orm
      .select({ id: handovers.id })
      .from(handovers)
      .where(and(...conditions, branch))
      .orderBy(idOrder(handovers.id, page))
      .limit(page.limit + 1)
  const seen = visibleBranches(tx, principal)
  const ids = seen && sql.join(seen.map(cut), sql` union all `)
  const rows = await selectHandovers(tx)
    .where(
      and(
        ...(ids
          ? [eq(handovers.dealerId, tx.dealerId), sql`${handovers.id} = any(array(${ids}))`]
          : conditions)
      )
    )
    .orderBy(idOrder(handovers.id, page))
    .limit(page.limit + 1)
  return toPage(rows, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function filterConditions(filter: HandoverFilter): (SQL | undefined)[] {
  const { lead, state, fromUser, toUser, team, to } = filter
  return [
    eqIfGiven(handovers.leadId, lead),
    inIfGiven(handovers.state, state),
    inIfGiven(handovers.fromUserId, fromUser),
    inIfGiven(handovers.toUserId, toUser),
    inIfGiven(handovers.toTeam, team),
    to && or(eq(handovers.toUserId, to.userId), eqIfGiven(handovers.toTeam, to.team))
  ]
}

/** The conditions of which a member's handovers meet at least one; undefined when the caller sees all. */
function visibleBranches(tx: Transaction, principal: TenantPrincipal): SQL[] | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return [sql`false`]
  const { id, team, queueIds } = principal
  const ofDealer = and(eq(leads.dealerId, tx.dealerId), openToThem(principal))
  const own = tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(ofDealer, eq(leads.assigneeId, id)))
  const waiting = tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(ofDealer, isWaiting(tx.dealerId), inArray(leads.queueId, [...queueIds])))
  return [
    eq(handovers.fromUserId, id),
    eq(handovers.toUserId, id),
    ...(team === null ? [] : [eq(handovers.toTeam, team)]),
    sql`${handovers.leadId} = any(array(${own} union all ${waiting}))`
  ]
}

/** The handover; null when the caller does not see it. */
export async function findHandover(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<NamedHandover | null> {
  const [row] = await selectHandovers(tx).where(
    and(isRecord(tx, handovers, id), isVisible(principal))
  )
  return row ?? null
}

/** Whether the caller sees a handover, by its lead and its parties. Needs the lead joined. */
function isVisible(principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id, team }) =>
    or(
      eq(handovers.fromUserId, id),
      eq(handovers.toUserId, id),
      eqIfGiven(handovers.toTeam, team),
      visibleLeads(principal)
    )
  )
}

/** The handover, regardless of caller visibility. */
export async function findHandoverById(tx: Transaction, id: string): Promise<NamedHandover | null> {
  const [row] = await selectHandovers(tx).where(isRecord(tx, handovers, id))
  return row ?? null
}

/** The open offer of a lead, if there is one, regardless of caller visibility. */
export async function findOffersOfLead(tx: Transaction, leadId: string): Promise<NamedHandover[]> {
  return await selectHandovers(tx).where(
    and(
      eq(handovers.dealerId, tx.dealerId),
      eq(handovers.leadId, leadId),
      eq(handovers.state, sql`'offered'`)
    )
  )
}

/** Lets the earlier assignee of a locked lead continue to see it. */
export async function insertFollower(
  tx: Transaction,
  leadId: string,
  userId: string,
  now: Date
): Promise<void> {
  await tx.orm
    .update(leads)
    .set({ followerIds: sql`array_append(${leads.followerIds}, ${userId}::uuid)` })
    .where(and(isRecord(tx, leads, leadId), sql`${userId}::uuid <> all(${leads.followerIds})`))
  await insertParticipants(tx, [{ leadId, userId, reason: 'handed_over' }], now)
}

function selectHandovers(tx: Transaction) {
  const [fromUsers, toUsers, closers] = [
    alias(users, 'from_users'),
    alias(users, 'to_users'),
    alias(users, 'closers')
  ]
  return tx.orm
    .select({
      id: handovers.id,
      leadId: handovers.leadId,
      state: handovers.state,
      fromUserId: handovers.fromUserId,
      toUserId: handovers.toUserId,
      toTeam: handovers.toTeam,
      message: handovers.message,
      reason: handovers.reason,
      expiresAt: handovers.expiresAt,
      endedAt: handovers.endedAt,
      endedBy: handovers.endedBy,
      version: handovers.version,
      createdAt: handovers.createdAt,
      updatedAt: handovers.updatedAt,
      lead: {
        id: leads.id,
        name: leads.displayName,
        statusGroup: statuses.group,
        temperature: leads.temperature
      },
      fromUser: { id: fromUsers.id, name: fromUsers.name },
      toUser: { id: toUsers.id, name: toUsers.name },
      endedByUser: { id: closers.id, name: closers.name }
    })
    .from(handovers)
    .innerJoin(leads, isNamedBy(leads, handovers, handovers.leadId))
    .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
    .leftJoin(fromUsers, isNamedBy(fromUsers, handovers, handovers.fromUserId))
    .leftJoin(toUsers, isNamedBy(toUsers, handovers, handovers.toUserId))
    .leftJoin(closers, isNamedBy(closers, handovers, handovers.endedBy))
    .$dynamic()
}

export function toHandover(row: typeof handovers.$inferSelect): Handover {
  const { dealerId: _, warnAt: _told, ...handover } = row
  return handover
}
