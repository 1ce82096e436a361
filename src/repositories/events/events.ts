import { and, eq, gte, lt } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { events } from '../../database/schema.ts'
import type { DomainEvent, EventType } from '../../domain/events/event.ts'
import { leastIdAt } from '../../ids.ts'
import { withActor } from '../actors.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { eqIfGiven, given } from '../filters.ts'

interface EventFilter {
  leadId?: string | undefined
  clientId?: string | undefined
  types?: readonly EventType[] | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
}

/**
 * How far the clocks of processes may be apart, in milliseconds: an event's id is made moments after
 * its time was taken, and a search by time looks so much wider by id.
 */
const CLOCK_SLACK_MS = 600_000

/** One page of events by id, which is by time. */
export async function listEvents(
  tx: Transaction,
  filter: EventFilter,
  page: PageRequest
): Promise<Page<DomainEvent>> {
  const { leadId, clientId, types, createdFrom, createdTo } = filter
  const rows = await tx.filterOrm
    .select()
    .from(events)
    .where(
      and(
        eq(events.dealerId, tx.dealerId),
        eqIfGiven(events.leadId, leadId),
        eqIfGiven(events.clientId, clientId),
        given(types, (all) => inArray(events.type, [...all])),
        // There is no index by time, and none is needed: ids begin with it.
        createdFrom && gte(events.id, leastIdAt(shifted(createdFrom, -CLOCK_SLACK_MS))),
        createdFrom && gte(events.createdAt, createdFrom),
        createdTo && lt(events.id, leastIdAt(shifted(createdTo, CLOCK_SLACK_MS))),
        createdTo && lt(events.createdAt, createdTo),
        afterId(events.id, page)
      )
    )
    .orderBy(idOrder(events.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(withActor), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function shifted(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds)
}
