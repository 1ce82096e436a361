import { and, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import type { UserPrincipal } from '../../domain/access/permissions.ts'
import { openToThem } from '../visibility.ts'

/** How far a look goes through the order of all leads: so many rows are read within a few milliseconds. */
const WINDOW = 1_250

/**
 * The first leads that a user has, where so many are among the next of an order of all the dealer's leads,
 * or null. For users who have many: theirs are found sooner on the way than by sorting all they have.
 * `ahead` is where the page begins, in an order that has an index.
 */
export async function findOwnAhead(
  tx: Transaction,
  principal: UserPrincipal,
  {
    ahead,
    conditions,
    limit
  }: {
    ahead: { where: SQL | undefined; order: readonly SQL[] }
    conditions: readonly (SQL | undefined)[]
    limit: number
  }
): Promise<string[] | null> {
  const next = tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(eq(leads.dealerId, tx.dealerId), ahead.where))
    .orderBy(...ahead.order)
    .limit(WINDOW)
  const rows = await tx.filterOrm
    .select({ id: leads.id })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        eq(leads.assigneeId, principal.id),
        openToThem(principal),
        ...conditions,
        sql`${leads.id} = any(array(${next}))`
      )
    )
    .orderBy(...ahead.order)
    .limit(limit)
  return rows.length < limit ? null : rows.map(({ id }) => id)
}
