import { eq, or } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../database/client.ts'
import { accounts, activities, clients, leads, opportunities, sales } from '../database/schema.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { existsIn } from './filters.ts'
import { forMembers } from './for-members.ts'
import { visibleClients, visibleLeads, workedLeads } from './visibility.ts'
import { ofVisiblePromoter } from './visible-promoters.ts'

/** Which accounts, opportunities, sales and activities a caller sees: as `visibility.ts` for leads and clients. */

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

/**
 * A member sees sales credited to them, in part as well, those of leads they have or worked on, those of
 * clients and opportunities they are responsible for, and those of promoters they signed up.
 */
export function visibleSales(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, (user) => {
    const ofTheirLeads = existsIn(
      tx,
      leads,
      eq(leads.dealerId, sales.dealerId),
      eq(leads.id, sales.leadId),
      workedLeads(user)
    )
    return or(
      or(eq(sales.userId, user.id), eq(sales.referralUserId, user.id)),
      ofTheirLeads,
      isOfResponsible(tx, user.id),
      ofVisiblePromoter(tx, sales, principal)
    )
  })
}

/** Whether a sale is of a client, or won an opportunity, that a user is responsible for. */
export function isOfResponsible(tx: Transaction, userId: string): SQL | undefined {
  const ofClient = existsIn(
    tx,
    clients,
    eq(clients.dealerId, sales.dealerId),
    eq(clients.id, sales.clientId),
    eq(clients.responsibleUserId, userId)
  )
  const ofOpportunity = existsIn(
    tx,
    opportunities,
    eq(opportunities.dealerId, sales.dealerId),
    eq(opportunities.id, sales.opportunityId),
    eq(opportunities.responsibleUserId, userId)
  )
  return or(ofClient, ofOpportunity)
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
