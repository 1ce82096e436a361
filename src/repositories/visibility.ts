import { and, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

import type { Transaction } from '../database/client.ts'
import {
  accounts,
  activities,
  clients,
  handovers,
  leads,
  opportunities,
  promoters,
  referralLinks,
  sales
} from '../database/schema.ts'
import { seesAll } from '../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../domain/access/permissions.ts'

/**
 * Which rows a caller sees, as conditions for queries: undefined means all of the dealer's. What is
 * not seen can't be told from what does not exist.
 */

/**
 * A member sees their own leads, unassigned ones in queues they belong to, those they handed over,
 * and those that are offered to them or their team.
 *
 * It suits leads that are found by other means: the operators of arrays find nothing by an index
 * under row security. Lists of leads begin at `onVisiblePage` (`leads/visible-leads.ts`).
 */
export function visibleLeads(principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  // A key that may only capture sees what it posted itself.
  if (principal.kind === 'key') return eq(leads.createdBy, principal.id)
  return or(theirsToChange(principal), isFollowedBy(principal.id), offeredLeads(principal))
}

/**
 * Of the leads that a caller sees, those that are theirs to change. What was handed over, or is only
 * offered, can be read, and activities added to it.
 */
export function changeableLeads(principal: TenantPrincipal): SQL {
  if (principal.kind === 'key' || seesAll(principal)) return sql`true`
  return theirsToChange(principal) ?? sql`false`
}

function theirsToChange({ id, queueIds }: UserPrincipal): SQL | undefined {
  const waiting = and(isNull(leads.assigneeId), inArray(leads.queueId, [...queueIds]))
  return or(eq(leads.assigneeId, id), waiting)
}

/** Leads that a user has, or had and handed over. */
function theirLeads({ id }: UserPrincipal): SQL | undefined {
  return or(eq(leads.assigneeId, id), isFollowedBy(id))
}

export function isFollowedBy(userId: string): SQL {
  return sql`${leads.followerIds} @> array[${userId}]::uuid[]`
}

/**
 * Leads under an open offer to a user or their team. The ids are looked up once for a statement: they
 * are few, as offers end after a while.
 */
export function offeredLeads({ dealerId, id, team }: UserPrincipal): SQL {
  const toTeam = team === null ? sql`false` : sql`h.to_team = ${team}`
  return sql`${leads.id} = any(array(
    select h.lead_id from ${handovers} h
    where h.dealer_id = ${dealerId} and h.state = 'offered' and (h.to_user_id = ${id} or ${toTeam})))`
}

/**
 * A member sees clients they are responsible for, and those of leads they have or handed over. A
 * merged client is not visible; its survivor is.
 */
export function visibleClients(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  const isThere = isNull(clients.mergedIntoId)
  if (seesAll(principal)) return isThere
  if (principal.kind === 'key') return sql`false`
  const ofTheirLeads = existsIn(
    tx,
    leads,
    eq(leads.dealerId, clients.dealerId),
    eq(leads.clientId, clients.id),
    theirLeads(principal)
  )
  return and(isThere, or(eq(clients.responsibleUserId, principal.id), ofTheirLeads))
}

/** A member sees accounts they are responsible for, and those of clients they see. */
export function visibleAccounts(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) => {
    const ofTheirClients = existsIn(
      tx,
      clients,
      eq(clients.dealerId, accounts.dealerId),
      eq(clients.accountId, accounts.id),
      visibleClients(tx, principal)
    )
    return or(eq(accounts.responsibleUserId, id), ofTheirClients)
  })
}

/** A member sees opportunities they are responsible for, and those of clients they see. */
export function visibleOpportunities(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) =>
    or(eq(opportunities.responsibleUserId, id), ofVisibleClient(tx, opportunities, principal))
  )
}

/** A member sees sales credited to them, and those of leads they have or handed over. */
export function visibleSales(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, (user) => {
    const ofTheirLeads = existsIn(
      tx,
      leads,
      eq(leads.dealerId, sales.dealerId),
      eq(leads.id, sales.leadId),
      theirLeads(user)
    )
    return or(eq(sales.userId, user.id), ofTheirLeads)
  })
}

/** A member sees their own activities, those they arranged, and those about what they see. */
export function visibleActivities(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) => {
    const aboutOpportunity = existsIn(
      tx,
      opportunities,
      eq(opportunities.dealerId, activities.dealerId),
      eq(opportunities.id, activities.opportunityId),
      visibleOpportunities(tx, principal)
    )
    return or(
      or(eq(activities.userId, id), eq(activities.createdBy, id)),
      ofVisibleLead(tx, activities, principal),
      ofVisibleClient(tx, activities, principal),
      aboutOpportunity
    )
  })
}

/** A member sees the promoters they signed up. */
export function visiblePromoters(principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) => eq(promoters.userId, id))
}

/** A member sees their own links, and those of their promoters. */
export function visibleReferralLinks(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) =>
    or(eq(referralLinks.userId, id), ofVisiblePromoter(tx, referralLinks, principal))
  )
}

/** A condition that binds only members. A key that may not read sees nothing. */
export function forMembers(
  principal: TenantPrincipal,
  condition: (user: UserPrincipal) => SQL | undefined
): SQL | undefined {
  if (seesAll(principal)) return undefined
  return principal.kind === 'key' ? sql`false` : condition(principal)
}

/** Whether the lead that a row names is one this caller sees. */
export function ofVisibleLead(
  tx: Transaction,
  { dealerId, leadId }: Record<'dealerId' | 'leadId', PgColumn>,
  principal: TenantPrincipal
): SQL {
  const isIt = [eq(leads.dealerId, dealerId), eq(leads.id, leadId)]
  return existsIn(tx, leads, ...isIt, visibleLeads(principal))
}

/** The same of a client. */
function ofVisibleClient(
  tx: Transaction,
  { dealerId, clientId }: Record<'dealerId' | 'clientId', PgColumn>,
  principal: TenantPrincipal
): SQL {
  const isIt = [eq(clients.dealerId, dealerId), eq(clients.id, clientId)]
  return existsIn(tx, clients, ...isIt, visibleClients(tx, principal))
}

/** The same of a promoter. */
export function ofVisiblePromoter(
  tx: Transaction,
  { dealerId, promoterId }: Record<'dealerId' | 'promoterId', PgColumn>,
  principal: TenantPrincipal
): SQL {
  const isIt = [eq(promoters.dealerId, dealerId), eq(promoters.id, promoterId)]
  return existsIn(tx, promoters, ...isIt, visiblePromoters(principal))
}

/** Whether there is a row of this table of which all that holds. */
export function existsIn(tx: Transaction, table: PgTable, ...conditions: (SQL | undefined)[]): SQL {
  const one = { one: sql`1` }
  return exists(
    tx.orm
      .select(one)
      .from(table)
      .where(and(...conditions))
  )
}
