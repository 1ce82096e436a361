import { and, eq, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { saleStatuses } from '../../database/schema.ts'
import type { SaleStatus, SaleStatusGroup } from '../../domain/sales/sale.ts'
import { DEFAULT_SALE_STATUSES } from '../../domain/sales/sale.ts'
import { newId } from '../../ids.ts'
import { afterPlace, placeCursor, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

export async function insertSaleStatus(tx: Transaction, status: SaleStatus): Promise<void> {
  await tx.orm.insert(saleStatuses).values({ dealerId: tx.dealerId, ...status })
}

/** Those that every dealer starts with. */
export async function insertDefaultSaleStatuses(tx: Transaction, now: Date): Promise<void> {
  await tx.orm.insert(saleStatuses).values(
    DEFAULT_SALE_STATUSES.map((status, position) => ({
      dealerId: tx.dealerId,
      id: newId(),
      ...status,
      position,
      createdAt: now,
      updatedAt: now
    }))
  )
}

/** One page in the dealer's order. */
export async function listSaleStatuses(
  tx: Transaction,
  page: PageRequest
): Promise<Page<SaleStatus>> {
  const rows = await tx.orm
    .select()
    .from(saleStatuses)
    .where(
      and(
        eq(saleStatuses.dealerId, tx.dealerId),
        afterPlace(saleStatuses.position, saleStatuses.id, page)
      )
    )
    .orderBy(saleStatuses.position, saleStatuses.id)
    .limit(page.limit + 1)
  return toPage(rows.map(toStatus), page, placeCursor)
}

export async function findSaleStatus(tx: Transaction, id: string): Promise<SaleStatus | null> {
  const [row] = await tx.orm.select().from(saleStatuses).where(isStatus(tx, id))
  return row ? toStatus(row) : null
}

/** The status, locked until the transaction ends: no sale gets it meanwhile. */
export async function lockSaleStatus(tx: Transaction, id: string): Promise<SaleStatus | null> {
  const [row] = await tx.orm.select().from(saleStatuses).where(isStatus(tx, id)).for('update')
  return row ? toStatus(row) : null
}

/**
 * The status that sales are about to get: it stays, and stays in its group, until the transaction
 * ends. To be taken before the sales' own locks, as a deletion takes them.
 */
export async function lockTargetSaleStatus(
  tx: Transaction,
  id: string
): Promise<SaleStatus | null> {
  const [row] = await tx.orm.select().from(saleStatuses).where(isStatus(tx, id)).for('share')
  return row ? toStatus(row) : null
}

/** The first of group `open`, which new sales get; held until the transaction ends. */
export async function holdFirstOpenStatus(tx: Transaction): Promise<SaleStatus> {
  const [row] = await tx.orm
    .select()
    .from(saleStatuses)
    .where(and(eq(saleStatuses.dealerId, tx.dealerId), eq(saleStatuses.group, 'open')))
    .orderBy(saleStatuses.position, saleStatuses.id)
    .limit(1)
    .for('share')
  if (!row) throw new Error('a dealer has no sale status of group open')
  return toStatus(row)
}

/** Changes a locked status and answers it as it is now. */
export async function updateSaleStatus(
  tx: Transaction,
  id: string,
  change: Partial<Pick<SaleStatus, 'name' | 'group' | 'color' | 'position'>>,
  now: Date
): Promise<SaleStatus> {
  const [row] = await tx.orm
    .update(saleStatuses)
    .set({ ...change, version: sql`${saleStatuses.version} + 1`, updatedAt: now })
    .where(isStatus(tx, id))
    .returning()
  if (!row) throw new Error('a locked sale status is gone')
  return toStatus(row)
}

/** Removes a locked status that no sale has. */
export async function deleteSaleStatus(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(saleStatuses).where(isStatus(tx, id))
}

/** Whether the group has a status beside this one. */
export async function hasOtherSaleStatusInGroup(
  tx: Transaction,
  { id, group }: { id: string; group: SaleStatusGroup }
): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: saleStatuses.id })
    .from(saleStatuses)
    .where(
      and(
        eq(saleStatuses.dealerId, tx.dealerId),
        eq(saleStatuses.group, group),
        ne(saleStatuses.id, id)
      )
    )
    .limit(1)
  return rows.length > 0
}

/** How many there are, and the position after the last. */
export async function measureSaleStatuses(
  tx: Transaction
): Promise<{ count: number; nextPosition: number }> {
  const [row] = await tx.orm
    .select({
      count: sql<number>`count(*)::int`,
      nextPosition: sql<number>`coalesce(max(${saleStatuses.position}), -1)::int + 1`
    })
    .from(saleStatuses)
    .where(eq(saleStatuses.dealerId, tx.dealerId))
  return row ?? { count: 0, nextPosition: 0 }
}

function isStatus(tx: Transaction, id: string): SQL | undefined {
  return and(eq(saleStatuses.dealerId, tx.dealerId), eq(saleStatuses.id, id))
}

function toStatus({ dealerId: _, ...status }: typeof saleStatuses.$inferSelect): SaleStatus {
  return status
}
