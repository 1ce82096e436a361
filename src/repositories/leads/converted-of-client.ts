import { and, asc, eq, isNotNull } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'
import { PROTECTED_GROUPS } from '../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import { isNamedBy } from '../filters.ts'

/** How many leads go with a client at most. */
export const MAX_HANDED_OVER = 1000

/** Groups whose leads go with their client to its responsible user. */
const GOING: readonly StatusGroup[] = [...PROTECTED_GROUPS, 'sold']

/** A converted or sold lead, and the user who has it. */
export interface HeldLead {
  id: string
  userId: string
  /** Sold leads stay open to the users who have them. */
  isConverted: boolean
}

/** The converted and sold leads of a client that users have; `only`: of these ids. */
export async function findHeldOfClient(
  tx: Transaction,
  { clientId, only }: { clientId: string; only?: readonly string[] | undefined }
): Promise<HeldLead[]> {
  const rows = await tx.orm
    .select({ id: leads.id, userId: leads.assigneeId, group: statuses.group })
    .from(leads)
    .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        eq(leads.clientId, clientId),
        isNotNull(leads.assigneeId),
        inArray(statuses.group, GOING),
        only && inArray(leads.id, [...only])
      )
    )
    .orderBy(asc(leads.id))
    .limit(MAX_HANDED_OVER)
  return rows.flatMap(({ userId, group, ...row }) =>
    userId === null ? [] : [{ ...row, userId, isConverted: PROTECTED_GROUPS.includes(group) }]
  )
}
