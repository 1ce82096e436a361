import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import { notInArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { activities, clients, deliveries, events, teams } from '../../database/schema.ts'
import { TOLD_BY_ENTRIES } from '../../domain/leads/timeline.ts'
import type { TimelineEntry } from '../../domain/leads/timeline.ts'
import { toActivity } from '../activities/activities.ts'
import { isNamedBy } from '../filters.ts'
import { withActor } from '../actors.ts'
import { toDelivery } from '../deliveries/deliveries.ts'
import { toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/**
 * A page of what happened with a lead, newest first: a page's worth of each kind by its index of leads, of
 * which the newest are the page. The caller has to see the lead.
 */
export async function listTimeline(
  tx: Transaction,
  leadId: string,
  page: PageRequest
): Promise<Page<TimelineEntry>> {
  const size = page.limit + 1
  const place = (table: Record<'dealerId' | 'leadId' | 'id', PgColumn>): SQL | undefined =>
    and(
      eq(table.dealerId, tx.dealerId),
      eq(table.leadId, leadId),
      page.after ? lt(table.id, page.after.id) : undefined
    )
  const happened = await tx.orm
    .select({ event: events, clientName: clients.displayName, teamName: teams.name })
    .from(events)
    .leftJoin(clients, isNamedBy(clients, events, events.clientId))
    .leftJoin(
      teams,
      and(eq(teams.dealerId, events.dealerId), sql`${teams.key} = ${events.data}->>'toTeam'`)
    )
    .where(and(place(events), notInArray(events.type, [...TOLD_BY_ENTRIES])))
    .orderBy(desc(events.id))
    .limit(size)
  const planned = await tx.orm
    .select()
    .from(activities)
    .where(place(activities))
    .orderBy(desc(activities.id))
    .limit(size)
  const owed = await tx.orm
    .select()
    .from(deliveries)
    .where(place(deliveries))
    .orderBy(desc(deliveries.id))
    .limit(size)
  const entries: TimelineEntry[] = [
    ...happened.map(({ event, ...names }) => ({
      ...{ id: event.id, createdAt: event.createdAt, event: withActor(event) },
      ...names
    })),
    ...planned.map((row) => ({ id: row.id, createdAt: row.createdAt, activity: toActivity(row) })),
    ...owed.map((row) => ({ id: row.id, createdAt: row.createdAt, delivery: toDelivery(row) }))
  ]
  const newest = entries.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, size)
  return toPage(newest, page, ({ createdAt, id }) => ({ at: createdAt, id }))
}
