import type { Transaction } from '../../database/client.ts'
import { events } from '../../database/schema.ts'
import type { Actor, EventSubject, EventType } from '../../domain/events/event.ts'
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
      ...actorColumns(actor),
      data: data ?? {},
      createdAt: now
    }))
  )
}
