import { and, eq, inArray, isNull, ne } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'

/** A lead of which users may be told. */
interface TellableLead {
  id: string
  assigneeId: string | null
  queueId: string | null
}

/** Those of these leads that are neither tests nor held nor deleted, by id. */
export async function findTellableLeads(
  tx: Transaction,
  ids: readonly string[]
): Promise<Map<string, TellableLead>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.orm
    .select({ id: leads.id, assigneeId: leads.assigneeId, queueId: leads.queueId })
    .from(leads)
    .innerJoin(
      statuses,
      and(eq(statuses.dealerId, leads.dealerId), eq(statuses.id, leads.statusId))
    )
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...new Set(ids)]),
        eq(leads.isTest, false),
        isNull(leads.quarantineReason),
        ne(statuses.group, 'deleted')
      )
    )
  return new Map(rows.map((row) => [row.id, row]))
}
