import { sql } from 'drizzle-orm'

import { deliveries } from '../../src/database/schema.ts'
import { isRecord } from '../../src/repositories/filters.ts'
import { deliver } from '../../src/worker/deliveries/deliver.ts'
import type {
  DeliveryContext,
  DeliveryReport
} from '../../src/worker/deliveries/delivery-context.ts'
import { only } from './must.ts'

/** Attempts one delivery, whenever it is due. */
export async function deliverNow(
  context: DeliveryContext,
  { dealerId, deliveryId }: { dealerId: string; deliveryId: string }
): Promise<DeliveryReport> {
  await makeDue(context, { dealerId, deliveryId })
  return only(await deliver(context, { dealerId, deliveryIds: [deliveryId] }))
}

/** What another worker left is taken over now. */
async function makeDue(
  { db }: DeliveryContext,
  { dealerId, deliveryId }: { dealerId: string; deliveryId: string }
): Promise<void> {
  await db.transaction(dealerId, (tx) =>
    tx.orm
      .update(deliveries)
      .set({ dueAt: sql`now() - interval '1 second'` })
      .where(isRecord(tx, deliveries, deliveryId))
  )
}
