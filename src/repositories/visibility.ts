import { and, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

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
 * A member sees their own leads, unassigned ones in queues they belong to, those they handed over to
 * somebody, and those that are offered to them or their team.
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
 * A member sees clients they are responsible for, and those of leads they have or handed over. Whoever
 * was merged into another is seen by nobody: the other is.
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
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const ofTheirClients = existsIn(
    tx,
    clients,
    eq(clients.dealerId, accounts.dealerId),
    eq(clients.accountId, accounts.id),
    visibleClients(tx, principal)
  )
  return or(eq(accounts.responsibleUserId, principal.id), ofTheirClients)
}

/** A member sees opportunities they are responsible for, and those of clients they see. */
export function visibleOpportunities(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const ofTheirClients = existsIn(
    tx,
    clients,
    eq(clients.dealerId, opportunities.dealerId),
    eq(clients.id, opportunities.clientId),
    visibleClients(tx, principal)
  )
  return or(eq(opportunities.responsibleUserId, principal.id), ofTheirClients)
}

/** A member sees sales credited to them, and those of leads they have or handed over. */
export function visibleSales(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const ofTheirLeads = existsIn(
    tx,
    leads,
    eq(leads.dealerId, sales.dealerId),
    eq(leads.id, sales.leadId),
    theirLeads(principal)
  )
  return or(eq(sales.userId, principal.id), ofTheirLeads)
}

/** A member sees their own activities, those they arranged, and those about what they see. */
export function visibleActivities(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const aboutLead = existsIn(
    tx,
    leads,
    eq(leads.dealerId, activities.dealerId),
    eq(leads.id, activities.leadId),
    visibleLeads(principal)
  )
  const aboutClient = existsIn(
    tx,
    clients,
    eq(clients.dealerId, activities.dealerId),
    eq(clients.id, activities.clientId),
    visibleClients(tx, principal)
  )
  const aboutOpportunity = existsIn(
    tx,
    opportunities,
    eq(opportunities.dealerId, activities.dealerId),
    eq(opportunities.id, activities.opportunityId),
    visibleOpportunities(tx, principal)
  )
  const theirOwn = or(eq(activities.userId, principal.id), eq(activities.createdBy, principal.id))
  return or(theirOwn, aboutLead, aboutClient, aboutOpportunity)
}

/** A member sees the promoters they signed up. */
export function visiblePromoters(principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  return principal.kind === 'key' ? sql`false` : eq(promoters.userId, principal.id)
}

/** A member sees their own links, and those of their promoters. */
export function visibleReferralLinks(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const ofTheirPromoters = existsIn(
    tx,
    promoters,
    eq(promoters.dealerId, referralLinks.dealerId),
    eq(promoters.id, referralLinks.promoterId),
    eq(promoters.userId, principal.id)
  )
  return or(eq(referralLinks.userId, principal.id), ofTheirPromoters)
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
