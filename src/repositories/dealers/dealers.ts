import { eq, gt, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { dealers } from '../../database/schema.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { given } from '../filters.ts'

/** The dealer of this transaction. */
export async function findDealer(tx: Transaction): Promise<Dealer | null> {
  return await findDealerById(tx, tx.dealerId)
}

/** Any dealer, for the operator, who has no tenant of their own. */
export async function findDealerById(tx: Transaction, id: string): Promise<Dealer | null> {
  const [row] = await tx.orm.select().from(dealers).where(eq(dealers.id, id))
  return row ? toDealer(row) : null
}

/** The dealer, locked until the transaction ends. */
export async function lockDealer(tx: Transaction, id: string): Promise<Dealer | null> {
  const [row] = await tx.orm.select().from(dealers).where(eq(dealers.id, id)).for('update')
  return row ? toDealer(row) : null
}

/** One page of dealers by id, which is by age; for the operator. */
export async function listDealers(
  tx: Transaction,
  { limit, afterId }: { limit: number; afterId: string | null }
): Promise<{ data: Dealer[]; nextId: string | null }> {
  const rows = await tx.orm
    .select()
    .from(dealers)
    .where(given(afterId, (id) => gt(dealers.id, id)))
    .orderBy(dealers.id)
    .limit(limit + 1)
  const data = rows.slice(0, limit).map(toDealer)
  return { data, nextId: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

export async function insertDealer(tx: Transaction, dealer: Dealer): Promise<void> {
  await tx.orm.insert(dealers).values(dealer)
}

/** Changes a locked dealer and returns it as it is now. */
export async function updateDealer(
  tx: Transaction,
  id: string,
  change: Partial<Omit<Dealer, 'id' | 'version' | 'createdAt' | 'updatedAt'>>,
  now: Date
): Promise<Dealer> {
  const [row] = await tx.orm
    .update(dealers)
    .set({ ...change, version: sql`${dealers.version} + 1`, updatedAt: now })
    .where(eq(dealers.id, id))
    .returning()
  if (!row) throw new Error('a locked dealer is gone')
  return toDealer(row)
}

/** Settings that came after the row was written have their defaults. */
function toDealer(row: typeof dealers.$inferSelect): Dealer {
  return { ...row, settings: { ...DEFAULT_DEALER_SETTINGS, ...row.settings } }
}
