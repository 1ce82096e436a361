import { and, eq, isNull, ne } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'
import { isNamedBy } from '../filters.ts'

/** A lead of which users may be told. */
interface TellableLead {
  id: string
  assigneeId: string | null
  queueId: string | null
}

/** Those of these leads that are neither tests nor held nor, by default, deleted, by id. */
export async function findTellableLeads(
  tx: Transaction,
  ids: readonly string[],
  { withDeleted = false }: { withDeleted?: boolean } = {}
): Promise<Map<string, TellableLead>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.orm
    .select({ id: leads.id, assigneeId: leads.assigneeId, queueId: leads.queueId })
    .from(leads)
    .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...new Set(ids)]),
        eq(leads.isTest, false),
        isNull(leads.quarantineReason),
        withDeleted ? undefined : ne(statuses.group, 'deleted')
      )
    )
  return new Map(rows.map((row) => [row.id, row]))
}
