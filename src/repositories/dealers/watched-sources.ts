import { and, asc, desc, eq, gte, lte } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, sources } from '../../database/schema.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { given, isRecord } from '../filters.ts'
import { toSource } from './sources.ts'

/** Active sources that are to be looked at, the longest ago first, locked; those that others have locked are left. */
export async function lockDueSources(tx: Transaction, now: Date, limit: number): Promise<Source[]> {
  const rows = await tx.orm
    .select()
    .from(sources)
    .where(
      and(eq(sources.dealerId, tx.dealerId), eq(sources.active, true), lte(sources.watchAt, now))
    )
    .orderBy(asc(sources.watchAt))
    .limit(limit)
    .for('no key update', { skipLocked: true })
  return rows.map(toSource)
}

/** Sets when a source is next looked at: nothing that is seen of it, so no new version. */
export async function watchSource(tx: Transaction, id: string, watchAt: Date): Promise<void> {
  await tx.orm
    .update(sources)
    .set({ watchAt })
    .where(isRecord(tx, sources, id))
}

/** The latest leads of a source, without tests, the last first. */
export async function findLatestLeads(
  tx: Transaction,
  sourceId: string,
  { since, limit }: { since: Date | null; limit: number }
): Promise<{ id: string; receivedAt: Date }[]> {
  return await tx.orm
    .select({ id: leads.id, receivedAt: leads.receivedAt })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        eq(leads.sourceId, sourceId),
        eq(leads.isTest, false),
        given(since, (from) => gte(leads.receivedAt, from))
      )
    )
    .orderBy(desc(leads.receivedAt), desc(leads.id))
    .limit(limit)
}
