import { and, asc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'
import { PROTECTED_GROUPS } from '../../domain/leads/status-groups.ts'
import { isNamedBy } from '../filters.ts'

/** How many leads of one user go with a client at most. */
const MAX_LEADS = 1000

/** The converted leads of a client that a user has. */
export async function findConvertedOfClient(
  tx: Transaction,
  { clientId, userId }: { clientId: string; userId: string }
): Promise<string[]> {
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        eq(leads.clientId, clientId),
        eq(leads.assigneeId, userId),
        inArray(statuses.group, PROTECTED_GROUPS)
      )
    )
    .orderBy(asc(leads.id))
    .limit(MAX_LEADS)
  return rows.map(({ id }) => id)
}
