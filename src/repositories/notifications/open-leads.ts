import { and, count, desc, eq, isNull } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'
import { isOpenGroup, STATUS_GROUPS } from '../../domain/leads/status-groups.ts'

const OPEN = STATUS_GROUPS.filter(isOpenGroup)

/** How many open leads a user has, without tests and held ones. */
export async function countOpenLeads(tx: Transaction, userId: string): Promise<number> {
  const [row] = await tx.orm.select({ leads: count() }).from(leads).where(isOpenOf(tx, userId))
  return row?.leads ?? 0
}

/** The latest of them. */
export async function findOpenLeads(
  tx: Transaction,
  userId: string,
  limit: number
): Promise<{ id: string; displayName: string | null; receivedAt: Date }[]> {
  return await tx.orm
    .select({ id: leads.id, displayName: leads.displayName, receivedAt: leads.receivedAt })
    .from(leads)
    .where(isOpenOf(tx, userId))
    .orderBy(desc(leads.receivedAt), desc(leads.id))
    .limit(limit)
}

function isOpenOf(tx: Transaction, userId: string) {
  const open = tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(and(eq(statuses.dealerId, tx.dealerId), inArray(statuses.group, OPEN)))
  return and(
    eq(leads.dealerId, tx.dealerId),
    eq(leads.assigneeId, userId),
    inArray(leads.statusId, open),
    eq(leads.isTest, false),
    isNull(leads.quarantineReason)
  )
}
