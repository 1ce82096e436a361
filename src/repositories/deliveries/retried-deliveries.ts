import { and, count, eq, gte, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { deliveries } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Delivery, DeliveryPurpose } from '../../domain/deliveries/delivery.ts'
import { given } from '../filters.ts'
import { ofCaller, toDelivery } from './deliveries.ts'

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
      'ids' in which
        ? and(ofCaller(tx, principal), inArray(deliveries.id, [...which.ids]))
        : isFailed(tx, principal, which)
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
    .where(isFailed(tx, principal, filter))
  return row?.failed ?? 0
}

/** Nothing changes a failed delivery but a retry: it was changed last when it failed. */
function isFailed(
  tx: Transaction,
  principal: TenantPrincipal,
  { purpose, failedFrom, failedTo }: FailedFilter
): SQL | undefined {
  return and(
    ofCaller(tx, principal, { state: ['failed'], purpose }),
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
