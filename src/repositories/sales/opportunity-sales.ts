import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { events, saleStatuses, sales } from '../../database/schema.ts'
import type { Made } from '../../domain/operations/operation.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { isNamedBy } from '../filters.ts'
import { moneyColumns } from '../money.ts'
import { countsAsSale } from './counted-sales.ts'

/**
 * The sale of a locked lead is that of a deal, unless it is another deal's. It takes the deal's amount,
 * unless a person has set its own.
 */
export async function linkSaleToOpportunity(
  tx: Transaction,
  leadId: string,
  { id, amount, isNew }: { id: string; amount: Sale['amount']; isNew: boolean },
  now: Date
): Promise<Made[]> {
  const deal = amount === null ? null : moneyColumns(amount)
  const taken = deal && {
    amount: sql`case when ${hasOwnAmount()} then ${sales.amount} else ${deal.amount}::numeric end`,
    currency: sql`case when ${hasOwnAmount()} then ${sales.currency} else ${deal.currency} end`
  }
  const isOther =
    deal &&
    sql`(${sales.amount} is distinct from ${deal.amount}::numeric
      or ${sales.currency} is distinct from ${deal.currency}) and not ${hasOwnAmount()}`
  const change = { opportunityId: id, ...taken, updatedAt: now }
  return await tx.orm
    .update(sales)
    .set(isNew ? change : { ...change, version: sql`${sales.version} + 1` })
    .where(
      and(
        eq(sales.dealerId, tx.dealerId),
        eq(sales.leadId, leadId),
        isNull(sales.undoneAt),
        isNew
          ? undefined
          : or(isNull(sales.opportunityId), and(eq(sales.opportunityId, id), isOther ?? sql`false`))
      )
    )
    .returning({ id: sales.id, version: sales.version })
}

/** Whether a person set the amount of a sale. */
function hasOwnAmount(): SQL {
  return sql`exists (select 1 from ${events} e where e.dealer_id = ${sales.dealerId}
    and e.lead_id = ${sales.leadId} and e.subject_id = ${sales.id} and e.type = 'sale.updated'
    and e.data->'fields' @> '["amount"]')`
}

/** Undone sales no longer name an opportunity that is removed. */
export async function forgetOpportunity(tx: Transaction, opportunityId: string): Promise<void> {
  await tx.orm
    .update(sales)
    .set({ opportunityId: null })
    .where(and(eq(sales.dealerId, tx.dealerId), eq(sales.opportunityId, opportunityId)))
}

/** The id of the sale of an opportunity that was neither undone nor cancelled, or null. */
export async function findSaleOfOpportunity(
  tx: Transaction,
  opportunityId: string
): Promise<string | null> {
  const [row] = await tx.orm
    .select({ id: sales.id })
    .from(sales)
    .innerJoin(saleStatuses, isNamedBy(saleStatuses, sales, sales.statusId))
    .where(
      and(eq(sales.dealerId, tx.dealerId), eq(sales.opportunityId, opportunityId), countsAsSale())
    )
  return row?.id ?? null
}
