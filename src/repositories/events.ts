import { and, desc, eq, gt, gte, inArray, lt } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { events } from '../database/schema.ts'
import type { Actor, DomainEvent, EventType } from '../domain/event.ts'
import { newId } from '../ids.ts'

/** An event about to be written. */
export interface NewEvent {
  type: EventType
  subject: { type: string; id: string }
  leadId?: string | null
  clientId?: string | null
  data?: Record<string, unknown>
}

/** Writes what happened, in the transaction in which it happened. */
export async function recordEvents(
  tx: Transaction,
  actor: Actor,
  now: Date,
  happened: readonly NewEvent[]
): Promise<void> {
  if (happened.length === 0) return
  await tx.orm.insert(events).values(
    happened.map(({ type, subject, leadId, clientId, data }) => ({
      dealerId: tx.dealerId,
      id: newId(),
      type,
      subjectType: subject.type,
      subjectId: subject.id,
      leadId: leadId ?? null,
      clientId: clientId ?? null,
      actorType: actor.type,
      actorId: actor.id,
      data: data ?? {},
      createdAt: now
    }))
  )
}

export interface EventFilter {
  leadId?: string | undefined
  clientId?: string | undefined
  types?: readonly EventType[] | undefined
  createdFrom?: Date | undefined
  createdTo?: Date | undefined
}

/** One page of events by id, which is by time; `afterId` is the last one seen. */
export async function listEvents(
  tx: Transaction,
  filter: EventFilter,
  page: { limit: number; afterId: string | null; descending: boolean }
): Promise<{ data: DomainEvent[]; nextId: string | null }> {
  const after = page.afterId
  const rows = await tx.orm
    .select()
    .from(events)
    .where(
      and(
        eq(events.dealerId, tx.dealerId),
        filter.leadId === undefined ? undefined : eq(events.leadId, filter.leadId),
        filter.clientId === undefined ? undefined : eq(events.clientId, filter.clientId),
        filter.types === undefined ? undefined : inArray(events.type, [...filter.types]),
        filter.createdFrom === undefined ? undefined : gte(events.createdAt, filter.createdFrom),
        filter.createdTo === undefined ? undefined : lt(events.createdAt, filter.createdTo),
        after === null ? undefined : page.descending ? lt(events.id, after) : gt(events.id, after)
      )
    )
    .orderBy(page.descending ? desc(events.id) : events.id)
    .limit(page.limit + 1)
  const data = rows.slice(0, page.limit).map(toEvent)
  const nextId = rows.length > page.limit ? (data.at(-1)?.id ?? null) : null
  return { data, nextId }
}

function toEvent(row: typeof events.$inferSelect): DomainEvent {
  const { id, type, subjectType, subjectId, leadId, clientId, data, createdAt } = row
  const actor = { type: row.actorType, id: row.actorId }
  return { id, type, subjectType, subjectId, leadId, clientId, actor, data, createdAt }
}
