import { eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { incentiveRates } from '../../database/schema.ts'
import type { IncentiveRates, StoredIncentiveRates } from '../../domain/reports/incentive.ts'

/** The rates by which a dealer pays its people; never set: version 0, no rates. */
export async function findIncentiveRates(
  tx: Transaction,
  lock?: Lock
): Promise<StoredIncentiveRates> {
  const query = tx.orm.select().from(incentiveRates).where(eq(incentiveRates.dealerId, tx.dealerId))
  const [row] = await lockedIf(query, lock, incentiveRates)
  return row ? toRates(row) : UNSAID
}

/** Puts rates in the place of those there are. */
export async function writeIncentiveRates(
  tx: Transaction,
  content: IncentiveRates,
  now: Date
): Promise<StoredIncentiveRates> {
  const [row] = await tx.orm
    .insert(incentiveRates)
    .values({ dealerId: tx.dealerId, content, version: 1, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [incentiveRates.dealerId],
      set: { content, version: sql`${incentiveRates.version} + 1`, updatedAt: now }
    })
    .returning()
  if (!row) throw new Error('rates that were written are not there')
  return toRates(row)
}

const UNSAID: StoredIncentiveRates = { rates: [], version: 0, updatedAt: null }

function toRates(row: typeof incentiveRates.$inferSelect): StoredIncentiveRates {
  return { ...row.content, version: row.version, updatedAt: row.updatedAt }
}
