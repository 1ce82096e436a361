import { and, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { activities, clients, leads, promoters, referralLinks } from '../database/schema.ts'
import { seesAll } from '../domain/access/permissions.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'

/**
 * Which rows a caller sees, as conditions for queries: undefined means all of the dealer's. What is
 * not seen can't be told from what does not exist.
 */

/** A member sees their own leads, and unassigned ones in queues they belong to. */
export function visibleLeads(principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  // A key that may only capture sees what it posted itself.
  if (principal.kind === 'key') return eq(leads.createdBy, principal.id)
  const waiting = and(isNull(leads.assigneeId), inArray(leads.queueId, [...principal.queueIds]))
  return or(eq(leads.assigneeId, principal.id), waiting)
}

/** A member sees clients they are responsible for, and those of their leads. */
export function visibleClients(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const ofTheirLeads = tx.orm
    .select({ one: sql`1` })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, clients.dealerId),
        eq(leads.clientId, clients.id),
        eq(leads.assigneeId, principal.id)
      )
    )
  return or(eq(clients.responsibleUserId, principal.id), exists(ofTheirLeads))
}

/** A member sees their own activities, and those about leads and clients they see. */
export function visibleActivities(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  if (seesAll(principal)) return undefined
  if (principal.kind === 'key') return sql`false`
  const aboutLead = tx.orm
    .select({ one: sql`1` })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, activities.dealerId),
        eq(leads.id, activities.leadId),
        visibleLeads(principal)
      )
    )
  const aboutClient = tx.orm
    .select({ one: sql`1` })
    .from(clients)
    .where(
      and(
        eq(clients.dealerId, activities.dealerId),
        eq(clients.id, activities.clientId),
        visibleClients(tx, principal)
      )
    )
  return or(eq(activities.userId, principal.id), exists(aboutLead), exists(aboutClient))
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
  const ofTheirPromoters = tx.orm
    .select({ one: sql`1` })
    .from(promoters)
    .where(
      and(
        eq(promoters.dealerId, referralLinks.dealerId),
        eq(promoters.id, referralLinks.promoterId),
        eq(promoters.userId, principal.id)
      )
    )
  return or(eq(referralLinks.userId, principal.id), exists(ofTheirPromoters))
}
