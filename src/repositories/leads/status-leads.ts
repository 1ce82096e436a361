import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'

/** Leads seen from the status they have: for changes of the status itself. */

/** Which leads have this status: of those with a client, of those without, or of both. */
export async function findKindsOfLeadsWithStatus(
  tx: Transaction,
  statusId: string
): Promise<{ hasClient: boolean }[]> {
  const kinds = [true, false] as const
  const found: { hasClient: boolean }[] = []
  for (const hasClient of kinds) {
    const rows = await tx.orm
      .select({ id: leads.id })
      .from(leads)
      .where(
        and(
          eq(leads.dealerId, tx.dealerId),
          eq(leads.statusId, statusId),
          hasClient ? isNotNull(leads.clientId) : isNull(leads.clientId)
        )
      )
      .limit(1)
    if (rows.length > 0) found.push({ hasClient })
  }
  return found
}

/**
 * Moves some of a locked status's leads to another, the oldest first, and returns which, and since
 * when each stood there. The list is empty when none is left.
 */
export async function moveLeadsWithStatus(
  tx: Transaction,
  move: { from: string; to: string; limit: number; keepsReason: boolean; now: Date }
): Promise<{ id: string; clientId: string | null; since: Date }[]> {
  const { from, to, limit, keepsReason, now } = move
  const oldest = tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), eq(leads.statusId, from)))
    .orderBy(asc(leads.receivedAt), asc(leads.id))
    .limit(limit)
  // Locked in the order of their ids, as bulk assignments lock theirs. Captures of repeats refer to
  // these leads, and need not wait.
  const found = await tx.orm
    .select({ id: leads.id, clientId: leads.clientId, since: leads.statusChangedAt })
    .from(leads)
    .where(
      and(eq(leads.dealerId, tx.dealerId), eq(leads.statusId, from), inArray(leads.id, oldest))
    )
    .orderBy(asc(leads.id))
    .for('no key update')
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  await tx.orm
    .update(leads)
    .set({
      statusId: to,
      statusChangedAt: now,
      ...(keepsReason ? {} : { statusReasonId: null, statusReasonText: null }),
      version: sql`${leads.version} + 1`,
      updatedAt: now
    })
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, ids)))
  return found
}
