import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { saleStatuses, sales } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { VehicleIdentity } from '../../domain/sales/sold-vehicle.ts'
import { isNamedBy } from '../filters.ts'
import { visibleSales } from '../visible-records.ts'
import { countsAsSale } from './counted-sales.ts'

/** The most sales that are named. */
const LIMIT = 10

/**
 * Other sales of a vehicle that were neither undone nor cancelled, the first first; of those the ones that
 * the caller sees. Vehicles with two VINs are two, also with one stock number: that is given again.
 */
export async function findOtherSales(
  tx: Transaction,
  principal: TenantPrincipal,
  { saleId, identity }: { saleId: string; identity: VehicleIdentity }
): Promise<{ count: number; shown: { id: string; leadId: string }[] }> {
  const rows = await tx.orm
    .select({
      id: sales.id,
      leadId: sales.leadId,
      isSeen: sql<boolean>`coalesce(${visibleSales(tx, principal) ?? sql`true`}, false)`
    })
    .from(sales)
    .innerJoin(saleStatuses, isNamedBy(saleStatuses, sales, sales.statusId))
    .where(
      and(
        eq(sales.dealerId, tx.dealerId),
        ne(sales.id, saleId),
        countsAsSale(),
        sql`${sales.id} = any(${idsOf(tx, identity)})`,
        isSame(identity)
      )
    )
    .orderBy(sales.id)
    .limit(LIMIT)
  const shown = rows.filter(({ isSeen }) => isSeen).map(({ id, leadId }) => ({ id, leadId }))
  return { count: rows.length, shown }
}

/** By one index each: the number of sales of one vehicle is small, and no order leads past the indexes. */
function idsOf(tx: Transaction, { vin, stockNumber }: VehicleIdentity): SQL {
  const ofVehicle = (is: SQL) =>
    tx.orm
      .select({ id: sales.id })
      .from(sales)
      .where(and(eq(sales.dealerId, tx.dealerId), is))
  const found = [
    ...(vin === null ? [] : [ofVehicle(eq(sales.vin, vin))]),
    ...(stockNumber === null ? [] : [ofVehicle(eq(sales.stockNumber, stockNumber))])
  ]
  return sql`array(${sql.join(
    found.map((query) => sql`(${query})`),
    sql` union `
  )})`
}

function isSame({ vin, stockNumber }: VehicleIdentity): SQL | undefined {
  const ofVin = vin === null ? undefined : eq(sales.vin, vin)
  const mayBeSame = vin === null ? undefined : or(isNull(sales.vin), ofVin)
  const ofStock =
    stockNumber === null ? undefined : and(eq(sales.stockNumber, stockNumber), mayBeSame)
  return or(ofVin, ofStock)
}
