import { and, eq, isNull } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { sales } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { isClient } from '../clients/survivors.ts'
import { asksChanges, pagePlace, toPlacedPage } from '../changes.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visibleSales } from '../visible-records.ts'
import { eqIfGiven, given, gteIfGiven, inIfGiven, ltIfGiven } from '../filters.ts'
import { selectSales, toSale } from './sales.ts'

/** The filters of a list of sales; all given ones hold. */
interface SaleFilter {
  status?: readonly string[] | undefined
  user?: readonly string[] | undefined
  promoter?: readonly string[] | undefined
  client?: string | undefined
  lead?: string | undefined
  soldFrom?: Date | undefined
  soldTo?: Date | undefined
  updatedFrom?: Date | undefined
  updatedTo?: Date | undefined
  /** Those that were mistakes too. */
  undone?: boolean | undefined
}

/** One page of a dealer's sales by time, as far as this caller sees them. */
export async function listSales(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: SaleFilter,
  page: PageRequest
): Promise<Page<Sale>> {
  const place = pagePlace(sales, sales.soldAt, page)
  const rows = await selectSales(tx, tx.filterOrm)
    .where(
      and(
        eq(sales.dealerId, tx.dealerId),
        visibleSales(tx, principal),
        ...filterConditions(tx, asksChanges(page) ? { ...filter, undone: true } : filter),
        place.condition
      )
    )
    .orderBy(...place.order)
    .limit(page.limit + 1)
  const read = rows.map((row) => ({ ...toSale(row), changedIn: row.sale.changedIn }))
  return toPlacedPage(read, page, ({ soldAt, id }) => ({ at: soldAt, id }))
}

function filterConditions(tx: Transaction, filter: SaleFilter): (SQL | undefined)[] {
  const { status, user, promoter, client, lead, soldFrom, soldTo, undone } = filter
  return [
    inIfGiven(sales.statusId, status),
    inIfGiven(sales.userId, user),
    inIfGiven(sales.promoterId, promoter),
    given(client, (id) => isClient(tx, sales.clientId, id)),
    eqIfGiven(sales.leadId, lead),
    gteIfGiven(sales.soldAt, soldFrom),
    ltIfGiven(sales.soldAt, soldTo),
    gteIfGiven(sales.updatedAt, filter.updatedFrom),
    ltIfGiven(sales.updatedAt, filter.updatedTo),
    undone === true ? undefined : isNull(sales.undoneAt)
  ]
}
