import { and, desc, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events } from '../../database/schema.ts'
import { isRecord } from '../filters.ts'
import type { ContentChange } from '../../domain/leads/content-changes.ts'

/** A sender that sends a lead more often with other values is told of some of them again. */
const MAX_RESENDS = 50

/** The changed values of one time that a lead came again; null: the event is none of a lead's resends. */
export async function findResend(
  tx: Transaction,
  { leadId, eventId }: { leadId: string; eventId: string }
): Promise<{ changes: ContentChange[]; payloadId: string } | null> {
  const [row] = await tx.orm
    .select({
      changes: sql<ContentChange[]>`${events.data}->'changes'`,
      payloadId: sql<string>`${events.data}->>'payloadId'`
    })
    .from(events)
    .where(
      and(isRecord(tx, events, eventId), eq(events.leadId, leadId), eq(events.type, 'lead.resent'))
    )
  return row ?? null
}

/** The changed values of the last times that this lead came again. */
export async function findResentChanges(tx: Transaction, leadId: string): Promise<ContentChange[]> {
  const rows = await tx.orm
    .select({ changes: sql<ContentChange[]>`${events.data}->'changes'` })
    .from(events)
    .where(
      and(
        eq(events.dealerId, tx.dealerId),
        eq(events.leadId, leadId),
        eq(events.type, 'lead.resent')
      )
    )
    .orderBy(desc(events.id))
    .limit(MAX_RESENDS)
  return rows.flatMap(({ changes }) => changes)
}
