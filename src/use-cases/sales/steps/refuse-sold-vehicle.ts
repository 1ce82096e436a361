import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import type { Sale } from '../../../domain/sales/sale.ts'
import { identityOf, vehicleLocks } from '../../../domain/sales/sold-vehicle.ts'
import { findSaleOfLead } from '../../../repositories/sales/sales.ts'
import { findOtherSales } from '../../../repositories/sales/sold-vehicles.ts'

/** Whether a second sale of a vehicle is meant. */
export interface Duplicates {
  allowDuplicate: boolean
}

/**
 * Refuses a sale that this transaction wrote where another one has its vehicle: so it is not kept. Call it
 * last: of two such sales at once the second waits here until the first is committed, and sees it.
 */
export async function refuseSoldVehicle(
  tx: Transaction,
  principal: TenantPrincipal,
  { id: saleId, vehicle, status }: Pick<Sale, 'id' | 'vehicle' | 'status'>,
  { allowDuplicate }: Duplicates
): Promise<Refusal | null> {
  const identity = identityOf(vehicle)
  if (identity === null || status.group === 'cancelled') return null
  await tx.lock(vehicleLocks(identity))
  if (allowDuplicate) return null
  const { count, shown } = await findOtherSales(tx, principal, { saleId, identity })
  return count === 0 ? null : { refusal: 'vehicle-sold', sales: shown }
}

/** The same for the sale of a lead, if it has one now. */
export async function refuseSoldVehicleOf(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string,
  duplicates: Duplicates
): Promise<Refusal | null> {
  const sale = await findSaleOfLead(tx, leadId)
  return sale && (await refuseSoldVehicle(tx, principal, sale, duplicates))
}
