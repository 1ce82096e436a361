import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Made } from '../../domain/operations/operation.ts'
import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, saleStatuses, sales } from '../../database/schema.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { moneyColumns, toMoney } from '../money.ts'
import { isOfResponsible, visibleSales } from '../visible-records.ts'
import { existsIn, isRecord } from '../filters.ts'

export type NewSale = Omit<Sale, 'status'> & { statusId: string }

/** Writes sales of locked leads, and returns those that had none before, by their lead. */
export async function insertSales(
  tx: Transaction,
  all: readonly NewSale[]
): Promise<ReadonlySet<string>> {
  if (all.length === 0) return new Set()
  const rows = await tx.orm
    .insert(sales)
    .values(all.map((sale) => ({ dealerId: tx.dealerId, ...sale, ...moneyColumns(sale.amount) })))
    .onConflictDoNothing({ target: [sales.dealerId, sales.leadId], where: isNull(sales.undoneAt) })
    .returning({ leadId: sales.leadId })
  return new Set(rows.map(({ leadId }) => leadId))
}

/** The sale, or null where this caller sees none with this id. */
export async function findSale(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Sale | null> {
  const [row] = await selectSales(tx).where(
    and(isRecord(tx, sales, id), visibleSales(tx, principal))
  )
  return row ? toSale(row) : null
}

/** The sale as it is now, regardless of caller visibility: for decisions already made. */
export async function findSaleById(tx: Transaction, id: string): Promise<Sale | null> {
  const [row] = await selectSales(tx).where(isRecord(tx, sales, id))
  return row ? toSale(row) : null
}

/**
 * The sale, locked until the transaction ends, or null where this caller sees none. Throws where the
 * caller only sees it.
 */
export async function lockSale(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Sale | null> {
  const [locked] = await tx.orm
    .select({ isTheirs: sql<boolean>`${changeableSales(tx, principal)}` })
    .from(sales)
    .where(and(isRecord(tx, sales, id), visibleSales(tx, principal)))
    .for('update', { of: sales })
  if (!locked) return null
  if (!locked.isTheirs) throw new NotTheirsToChange('sale')
  return await readBack(tx, id)
}

/** The same, regardless of caller visibility: for decisions already made. */
export async function lockSaleById(tx: Transaction, id: string): Promise<Sale | null> {
  const rows = await tx.orm
    .select({ id: sales.id })
    .from(sales)
    .where(isRecord(tx, sales, id))
    .for('update')
  return rows.length === 0 ? null : await readBack(tx, id)
}

/** The sales of locked leads that were not undone, locked in the order of their ids. */
export async function lockSalesOfLeads(
  tx: Transaction,
  leadIds: readonly string[]
): Promise<Sale[]> {
  const areTheirs = and(
    eq(sales.dealerId, tx.dealerId),
    inArray(sales.leadId, leadIds),
    isNull(sales.undoneAt)
  )
  const locked = await tx.orm
    .select({ id: sales.id })
    .from(sales)
    .where(areTheirs)
    .orderBy(sales.id)
    .for('update')
  return locked.length === 0 ? [] : (await selectSales(tx).where(areTheirs)).map(toSale)
}

/** Writes all of a locked sale anew. */
export async function renewSale(tx: Transaction, { id, ...sale }: NewSale): Promise<void> {
  await tx.orm
    .update(sales)
    .set({ ...sale, ...moneyColumns(sale.amount) })
    .where(isRecord(tx, sales, id))
}

/** The sale of a locked lead that was neither undone nor cancelled, or null. */
export async function findSaleOfLead(tx: Transaction, leadId: string): Promise<Sale | null> {
  const [row] = await selectSales(tx).where(
    and(
      eq(sales.dealerId, tx.dealerId),
      eq(sales.leadId, leadId),
      isNull(sales.undoneAt),
      ne(saleStatuses.group, sql`'cancelled'`)
    )
  )
  return row ? toSale(row) : null
}

/** Changes a locked sale and returns it as it is now. */
export async function updateSale(
  tx: Transaction,
  id: string,
  change: Partial<Pick<NewSale, 'statusId' | 'amount' | 'vehicle' | 'userId' | 'undoneAt'>>,
  now: Date
): Promise<Sale> {
  const { amount, ...others } = change
  await tx.orm
    .update(sales)
    .set({
      ...others,
      ...(amount === undefined ? {} : moneyColumns(amount)),
      version: sql`${sales.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, sales, id))
  return await readBack(tx, id)
}

/** Gives the sales of a locked lead to the lead's client, also those that were undone. */
export async function moveSaleToClient(
  tx: Transaction,
  leadId: string,
  clientId: string | null,
  now: Date
): Promise<Made[]> {
  return await tx.orm
    .update(sales)
    .set({ clientId, version: sql`${sales.version} + 1`, updatedAt: now })
    .where(and(eq(sales.dealerId, tx.dealerId), eq(sales.leadId, leadId)))
    .returning({ id: sales.id, version: sales.version })
}

/**
 * A member changes sales credited to them, those of leads they have, and those of clients and opportunities
 * they are responsible for.
 */
function changeableSales(tx: Transaction, principal: TenantPrincipal): SQL {
  if (principal.kind === 'key' || seesAll(principal)) return sql`true`
  const ofTheirLeads = existsIn(
    tx,
    leads,
    eq(leads.dealerId, sales.dealerId),
    eq(leads.id, sales.leadId),
    eq(leads.assigneeId, principal.id)
  )
  const isCredited = sql`${sales.userId} is not distinct from ${principal.id}`
  return or(isCredited, ofTheirLeads, isOfResponsible(tx, principal.id)) ?? sql`false`
}

async function readBack(tx: Transaction, id: string): Promise<Sale> {
  const [row] = await selectSales(tx).where(isRecord(tx, sales, id))
  if (!row) throw new Error('a locked sale is gone')
  return toSale(row)
}

export function selectSales(tx: Transaction, orm = tx.orm) {
  return orm
    .select({
      sale: sales,
      status: { id: saleStatuses.id, name: saleStatuses.name, group: saleStatuses.group }
    })
    .from(sales)
    .innerJoin(
      saleStatuses,
      and(eq(saleStatuses.dealerId, sales.dealerId), eq(saleStatuses.id, sales.statusId))
    )
    .$dynamic()
}

export function toSale({ sale, status }: Awaited<ReturnType<typeof selectSales>>[number]): Sale {
  const { dealerId: _, changedIn: _changed, statusId: _status, amount, currency, ...others } = sale
  const { vin: _vin, stockNumber: _stockNumber, ...rest } = others
  return { ...rest, status, amount: toMoney({ amount, currency }) }
}
