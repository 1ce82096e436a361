import { and, eq, lte } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { handovers, leads } from '../../database/schema.ts'
import type { Handover } from '../../domain/qualification/handover.ts'
import { toHandover } from './handovers.ts'

/**
 * Open offers that are about to end and were not warned of, the first to end first. Their leads are
 * locked, as for every change of an offer; those that others have locked are left for the next round.
 */
export async function lockEndingOffers(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<Handover[]> {
  const rows = await tx.orm
    .select({ handover: handovers })
    .from(handovers)
    .innerJoin(leads, and(eq(leads.dealerId, handovers.dealerId), eq(leads.id, handovers.leadId)))
    .where(
      and(
        eq(handovers.dealerId, tx.dealerId),
        eq(handovers.state, 'offered'),
        lte(handovers.warnAt, now)
      )
    )
    .orderBy(handovers.warnAt)
    .limit(limit)
    .for('no key update', { of: leads, skipLocked: true })
  return rows.map(({ handover }) => toHandover(handover))
}

/** Notes that the recipients of these offers were told: nothing that is seen of them, so no new version. */
export async function markWarned(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(handovers)
    .set({ warnAt: null })
    .where(and(eq(handovers.dealerId, tx.dealerId), inArray(handovers.id, [...ids])))
}
