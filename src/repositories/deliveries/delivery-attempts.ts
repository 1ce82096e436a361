import { and, desc, eq } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { deliveryAttempts, deliveryMessages } from '../../database/schema.ts'
import type { DeliveryAttempt } from '../../domain/deliveries/delivery.ts'

export async function insertMessage(
  tx: Transaction,
  deliveryId: string,
  raw: string,
  now: Date
): Promise<void> {
  await tx.orm
    .insert(deliveryMessages)
    .values({ dealerId: tx.dealerId, deliveryId, raw, createdAt: now })
}

/** The message as it was composed, or null where it was not composed yet. */
export async function findMessage(tx: Transaction, deliveryId: string): Promise<string | null> {
  const [row] = await tx.orm
    .select({ raw: deliveryMessages.raw })
    .from(deliveryMessages)
    .where(
      and(eq(deliveryMessages.dealerId, tx.dealerId), eq(deliveryMessages.deliveryId, deliveryId))
    )
  return row?.raw ?? null
}

export async function insertAttempt(
  tx: Transaction,
  deliveryId: string,
  attempt: DeliveryAttempt
): Promise<void> {
  await tx.orm.insert(deliveryAttempts).values({ dealerId: tx.dealerId, deliveryId, ...attempt })
}

/** The latest attempts of a delivery, the last first. */
export async function findLatestAttempts(
  tx: Transaction,
  deliveryId: string,
  limit: number
): Promise<DeliveryAttempt[]> {
  const rows = await tx.orm
    .select()
    .from(deliveryAttempts)
    .where(
      and(eq(deliveryAttempts.dealerId, tx.dealerId), eq(deliveryAttempts.deliveryId, deliveryId))
    )
    .orderBy(desc(deliveryAttempts.number))
    .limit(limit)
  return rows.map(toAttempt)
}

/** All attempts of these deliveries, in order, by delivery. */
export async function findAttempts(
  tx: Transaction,
  deliveryIds: readonly string[]
): Promise<Map<string, DeliveryAttempt[]>> {
  const found = new Map<string, DeliveryAttempt[]>(deliveryIds.map((id) => [id, []]))
  if (deliveryIds.length === 0) return found
  const rows = await tx.orm
    .select()
    .from(deliveryAttempts)
    .where(
      and(
        eq(deliveryAttempts.dealerId, tx.dealerId),
        inArray(deliveryAttempts.deliveryId, [...deliveryIds])
      )
    )
    .orderBy(deliveryAttempts.deliveryId, deliveryAttempts.number)
  for (const row of rows) found.get(row.deliveryId)?.push(toAttempt(row))
  return found
}

function toAttempt(row: typeof deliveryAttempts.$inferSelect): DeliveryAttempt {
  const { number, outcome, code, facts, durationMs, createdAt } = row
  return { number, outcome, code, facts, durationMs, createdAt }
}
