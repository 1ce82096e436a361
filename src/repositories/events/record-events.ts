import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Actor, EventSubject, EventType } from '../../domain/events/event.ts'
import { isTouch } from '../../domain/leads/touch.ts'
import { newId } from '../../ids.ts'
import { actorColumns } from '../actors.ts'

/** An event about to be written. */
export interface NewEvent {
  type: EventType
  subject: { type: EventSubject; id: string }
  leadId?: string | null
  clientId?: string | null
  data?: Record<string, unknown>
}

/**
 * Inserts events. `events` is an expression for a JSON array of `eventRow`, the others are expressions
 * for who made them happen and when.
 */
export function eventsInsert(parts: {
  events: string
  actorType: string
  actorId: string
  at: string
}): string {
  const { events, actorType, actorId, at } = parts
  return `
  insert into events (dealer_id, id, type, subject_type, subject_id, lead_id, client_id, actor_type,
    actor_id, data, created_at)
  select :dealerId, e.id, e.type, e."subjectType", e."subjectId", e."leadId", e."clientId",
    ${actorType}, ${actorId}, e.data, ${at}
  from jsonb_to_recordset(${events}) as e(id uuid, type text, "subjectType" text,
    "subjectId" uuid, "leadId" uuid, "clientId" uuid, data jsonb)`
}

/** An event as `eventsInsert` takes it. */
export function eventRow({ type, subject, leadId, clientId, data }: NewEvent) {
  const about = { subjectType: subject.type, subjectId: subject.id, leadId, clientId }
  return { id: newId(), type, ...about, data: data ?? {} }
}

const INSERT = statement(
  'insert-events',
  { events: 'jsonb', actorType: 'text', actorId: 'uuid?', at: 'timestamptz' },
  eventsInsert({ events: ':events', actorType: ':actorType', actorId: ':actorId', at: ':at' })
)

/** Writes what happened, in the transaction in which it happened. Returns the ids of the events. */
export async function recordEvents(
  tx: Transaction,
  actor: Actor,
  now: Date,
  happened: readonly NewEvent[]
): Promise<string[]> {
  if (happened.length === 0) return []
  const rows = happened.map(eventRow)
  await tx.run(INSERT, { events: rows, ...actorColumns(actor), at: now })
  const touched = happened.flatMap((event) =>
    event.leadId !== undefined && event.leadId !== null && isTouch(actor, event)
      ? [event.leadId]
      : []
  )
  if (touched.length > 0) await tx.run(TOUCH, { leadIds: touched, at: now })
  return rows.map(({ id }) => id)
}

/** Writes when leads were last worked on. It is no change that an undo would have to take into account. */
const TOUCH = statement(
  'touch-leads',
  { leadIds: 'uuid[]', at: 'timestamptz' },
  `update leads l set last_touch_at = :at
   where l.dealer_id = :dealerId and l.id = any(:leadIds)
     and (l.last_touch_at is null or l.last_touch_at < :at)`
)
