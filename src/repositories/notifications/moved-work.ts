import { and, asc, desc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, leads, opportunities } from '../../database/schema.ts'
import type { MovedFacts } from '../../domain/notifications/moved-facts.ts'
import { activitiesOfPersons } from '../activities/planned-of-user.ts'

/** What went with a client, by name. */
export type MovedWork = Awaited<ReturnType<typeof findMovedWork>>

/** The leads, activities and opportunities that went with a client, as they are now. */
export async function findMovedWork(
  tx: Transaction,
  moved: Readonly<Record<keyof MovedFacts, { ids: readonly string[] }>>
) {
  return {
    leads: await findMovedLeads(tx, moved.leads.ids),
    planned: await findMovedActivities(tx, moved.activities.ids),
    opportunities: await findMovedOpportunities(tx, moved.opportunities.ids)
  }
}

async function findMovedLeads(tx: Transaction, ids: readonly string[]) {
  if (ids.length === 0) return []
  return await tx.orm
    .select({ id: leads.id, displayName: leads.displayName, receivedAt: leads.receivedAt })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids])))
    .orderBy(desc(leads.receivedAt), desc(leads.id))
}

async function findMovedActivities(tx: Transaction, ids: readonly string[]) {
  if (ids.length === 0) return []
  return await activitiesOfPersons(tx)
    .where(and(eq(activities.dealerId, tx.dealerId), inArray(activities.id, [...ids])))
    .orderBy(asc(activities.dueAt), asc(activities.id))
}

async function findMovedOpportunities(tx: Transaction, ids: readonly string[]) {
  if (ids.length === 0) return []
  return await tx.orm
    .select({ name: opportunities.name, clientId: opportunities.clientId })
    .from(opportunities)
    .where(and(eq(opportunities.dealerId, tx.dealerId), inArray(opportunities.id, [...ids])))
    .orderBy(desc(opportunities.createdAt), desc(opportunities.id))
}
