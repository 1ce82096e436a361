import { and, count, eq, gte, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { deliveries } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Delivery, DeliveryPurpose } from '../../domain/deliveries/delivery.ts'
import { given, inIfGiven } from '../filters.ts'
import { ofVisible, toDelivery } from './deliveries.ts'

/** Failed deliveries; all given filters apply. */
interface FailedFilter {
  purpose?: readonly DeliveryPurpose[] | undefined
  failedFrom?: Date | undefined
  failedTo?: Date | undefined
}

/** The deliveries of these ids, or the failed ones of a filter. */
export type RetriedDeliveries = { ids: readonly string[] } | FailedFilter

/** The deliveries that the caller sees, the oldest first, locked in the order in which workers lock several. */
export async function lockDeliveries(
  tx: Transaction,
  principal: TenantPrincipal,
  which: RetriedDeliveries,
  limit: number
): Promise<Delivery[]> {
  const rows = await tx.filterOrm
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.dealerId, tx.dealerId),
        ofVisible(tx, principal),
        'ids' in which ? inArray(deliveries.id, [...which.ids]) : isFailed(which)
      )
    )
    .orderBy(deliveries.id)
    .limit(limit)
    .for('update')
  return rows.map(toDelivery)
}

/** How many deliveries that the caller sees match. */
export async function countFailed(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: FailedFilter
): Promise<number> {
  const [row] = await tx.filterOrm
    .select({ failed: count() })
    .from(deliveries)
    .where(and(eq(deliveries.dealerId, tx.dealerId), ofVisible(tx, principal), isFailed(filter)))
  return row?.failed ?? 0
}

/** Nothing changes a failed delivery but a retry: it was changed last when it failed. */
function isFailed({ purpose, failedFrom, failedTo }: FailedFilter): SQL | undefined {
  return and(
    eq(deliveries.state, sql`'failed'`),
    inIfGiven(deliveries.purpose, purpose),
    given(failedFrom, (from) => gte(deliveries.updatedAt, from)),
    given(failedTo, (to) => lt(deliveries.updatedAt, to))
  )
}

/** Makes locked deliveries due now; failed ones get a new round of attempts. */
export async function retryLocked(
  tx: Transaction,
  ids: readonly string[],
  now: Date
): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(deliveries)
    .set({
      state: 'pending',
      nextAttemptAt: now,
      dueAt: sql`now()`,
      failures: sql`case when ${deliveries.state} = 'failed' then 0 else ${deliveries.failures} end`,
      version: sql`${deliveries.version} + 1`,
      updatedAt: now
    })
    .where(and(eq(deliveries.dealerId, tx.dealerId), inArray(deliveries.id, [...ids])))
}
