import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

import { notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, clients, leads, opportunities, sales } from '../../database/schema.ts'
import { given } from '../filters.ts'

/** References to a record that is about to be removed, save those that are removed with it. */

/** Whether a client has leads beside this one. */
export async function hasOtherLeads(
  tx: Transaction,
  clientId: string,
  leadId: string
): Promise<boolean> {
  const theirs = and(eq(leads.dealerId, tx.dealerId), eq(leads.clientId, clientId))
  return await isAny(tx, leads, and(theirs, ne(leads.id, leadId)))
}

/** Whether a client, or an opportunity, has activities beside these. */
export async function hasOtherActivities(
  tx: Transaction,
  of: { clientId: string } | { opportunityId: string },
  activityIds: readonly string[]
): Promise<boolean> {
  const theirs =
    'clientId' in of
      ? eq(activities.clientId, of.clientId)
      : eq(activities.opportunityId, of.opportunityId)
  const other = activityIds.length === 0 ? undefined : notInArray(activities.id, [...activityIds])
  return await isAny(tx, activities, and(eq(activities.dealerId, tx.dealerId), theirs, other))
}

/** Whether a client, or an account, has opportunities beside this one. */
export async function hasOtherOpportunities(
  tx: Transaction,
  of: { clientId: string } | { accountId: string },
  opportunityId: string | null
): Promise<boolean> {
  const theirs =
    'clientId' in of
      ? eq(opportunities.clientId, of.clientId)
      : eq(opportunities.accountId, of.accountId)
  const other = given(opportunityId, (id) => ne(opportunities.id, id))
  return await isAny(tx, opportunities, and(eq(opportunities.dealerId, tx.dealerId), theirs, other))
}

/** Whether an account has clients beside this one. */
export async function hasOtherClients(
  tx: Transaction,
  accountId: string,
  clientId: string | null
): Promise<boolean> {
  const theirs = and(eq(clients.dealerId, tx.dealerId), eq(clients.accountId, accountId))
  return await isAny(
    tx,
    clients,
    and(
      theirs,
      given(clientId, (id) => ne(clients.id, id))
    )
  )
}

/** Whether a client has sales beside this lead's, which goes with it; those that were none count too. */
export async function hasOtherSales(
  tx: Transaction,
  clientId: string,
  leadId: string
): Promise<boolean> {
  const theirs = and(eq(sales.dealerId, tx.dealerId), eq(sales.clientId, clientId))
  return await isAny(tx, sales, and(theirs, ne(sales.leadId, leadId)))
}

/** Whether something was sold by an opportunity, and the sale was not undone. */
export async function hasSalesOfOpportunity(
  tx: Transaction,
  opportunityId: string
): Promise<boolean> {
  const theirs = and(eq(sales.opportunityId, opportunityId), isNull(sales.undoneAt))
  return await isAny(tx, sales, and(eq(sales.dealerId, tx.dealerId), theirs))
}

async function isAny(tx: Transaction, table: PgTable, condition: SQL | undefined) {
  const rows = await tx.orm
    .select({ one: sql`1` })
    .from(table)
    .where(condition)
    .limit(1)
  return rows.length > 0
}
