import { and, asc, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, clients, leads } from '../../database/schema.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { isNamedBy } from '../filters.ts'

/** A planned activity of a user, with the name of the person it is with. */
export interface PlannedOfUser extends Pick<Activity, 'type' | 'dueAt' | 'leadId' | 'clientId'> {
  person: string | null
}

/** A query of activities, each with the name of its client, or else of its lead. */
export function activitiesOfPersons(tx: Transaction) {
  return tx.orm
    .select({
      type: activities.type,
      dueAt: activities.dueAt,
      leadId: activities.leadId,
      clientId: activities.clientId,
      person: sql<string | null>`coalesce(${clients.displayName}, ${leads.displayName})`
    })
    .from(activities)
    .leftJoin(leads, isNamedBy(leads, activities, activities.leadId))
    .leftJoin(clients, isNamedBy(clients, activities, activities.clientId))
}

/** The planned activities of a user, the most urgent first; those without a time come last. */
export async function findPlannedOfUser(
  tx: Transaction,
  userId: string,
  limit: number
): Promise<PlannedOfUser[]> {
  return await activitiesOfPersons(tx)
    .where(
      and(
        eq(activities.dealerId, tx.dealerId),
        eq(activities.userId, userId),
        eq(activities.state, 'planned')
      )
    )
    .orderBy(asc(activities.dueAt), asc(activities.id))
    .limit(limit)
}
