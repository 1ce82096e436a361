import { and, eq } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { conversions } from '../../database/schema.ts'
import type { Conversion } from '../../domain/clients/conversion.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { ofVisibleLead } from '../visible-records.ts'
import { eqIfGiven, isRecord } from '../filters.ts'

export async function insertConversion(
  tx: Transaction,
  { actor, ...conversion }: Conversion
): Promise<void> {
  await tx.orm
    .insert(conversions)
    .values({ dealerId: tx.dealerId, ...conversion, ...actorColumns(actor) })
}

/** One page of conversions by id, which is by time, as far as this caller sees their leads. */
export async function listConversions(
  tx: Transaction,
  principal: TenantPrincipal,
  { lead }: { lead?: string | undefined },
  page: PageRequest
): Promise<Page<Conversion>> {
  const rows = await tx.orm
    .select()
    .from(conversions)
    .where(
      and(
        eq(conversions.dealerId, tx.dealerId),
        eqIfGiven(conversions.leadId, lead),
        visibleConversions(tx, principal),
        afterId(conversions.id, page)
      )
    )
    .orderBy(idOrder(conversions.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(withActor), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** The conversion, or null where this caller does not see its lead. */
export async function findConversion(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Conversion | null> {
  const [row] = await tx.orm
    .select()
    .from(conversions)
    .where(and(isRecord(tx, conversions, id), visibleConversions(tx, principal)))
  return row ? withActor(row) : null
}

/** Says of a conversion that its operation was undone. */
export async function markConversionUndone(
  tx: Transaction,
  operationId: string,
  now: Date
): Promise<void> {
  await tx.orm
    .update(conversions)
    .set({ undoneAt: now })
    .where(and(eq(conversions.dealerId, tx.dealerId), eq(conversions.operationId, operationId)))
}

function visibleConversions(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return seesAll(principal) ? undefined : ofVisibleLead(tx, conversions, principal)
}
