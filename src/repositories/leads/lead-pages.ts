import { and, eq } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { asksChanges, isSettled, toChangePage } from '../changes.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { readParts, sortCursor, sortParts } from '../sorting.ts'
import { clientOf, leadConditions, leadingList, statusIdsOf } from './lead-filter.ts'
import type { LeadFilter } from './lead-filter.ts'
import { leadOrder } from './lead-order.ts'
import { readFirstLeads, readLeads } from './lead-rows.ts'
import type { LeadPart } from './lead-rows.ts'
import { listRelevantLeads } from './relevant-leads.ts'
import { RELEVANCE } from './search.ts'
import { findOwnAhead } from './own-ahead.ts'
import { pageSize } from './page-size.ts'
import { onVisiblePage } from './visible-leads.ts'

/** One page of a dealer's leads, as far as this caller sees them. Deleted ones only when asked for. */
export async function listLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: LeadFilter,
  page: PageRequest & { part?: LeadPart }
): Promise<Page<Lead>> {
  const { q } = filter
  if (page.sort === RELEVANCE && q !== undefined) {
    return await listRelevantLeads(tx, principal, { ...filter, q }, page)
  }
  const isOfChanges = asksChanges(page)
  const conditions = await leadConditions(
    tx,
    isOfChanges ? { ...filter, withDeleted: true } : filter
  )
  const key = leadOrder(page)
  const size = await pageSize(tx, principal, { filter, page })
  const places = await readParts(sortParts(key, leads.id, page), page, async (part, limit) => {
    const settled = isOfChanges ? isSettled(key.column) : undefined
    const onPart = [...conditions, part.condition, settled]
    const order = size === 'few' || size === 'many-own' ? part.sorted : part.order
    const ahead = { where: and(part.condition, settled), order: part.order }
    const own =
      size === 'many-own' && principal.kind === 'user'
        ? await findOwnAhead(tx, principal, { ahead, conditions, limit })
        : null
    const where = onVisiblePage(
      tx,
      principal,
      { conditions: onPart, list: leadingList(filter), client: clientOf(filter) },
      { ...page, limit: limit - 1, order, own }
    )
    return await findPlaces(tx, { where, order, column: key.column, limit })
  })
  const cursorOf = ({ at, id }: LeadPlace) => sortCursor(at, id)
  const found = isOfChanges ? toChangePage(places, page, cursorOf) : toPage(places, page, cursorOf)
  return await readPage(tx, found, page.part)
}

/** Whether a page is of all leads in the order of receipt: `listFirstLeads` reads it. */
export function isPlainPage(
  principal: TenantPrincipal,
  filter: LeadFilter,
  sort: string | undefined
): boolean {
  const isInOrder = sort === undefined || sort.replace(/^-/, '') === 'createdAt'
  return isInOrder && seesAll(principal) && Object.values(filter).every((one) => one === undefined)
}

/** One page of all leads that are not deleted in the order of receipt, by one statement. */
export async function listFirstLeads(
  tx: Transaction,
  page: PageRequest & { part?: LeadPart }
): Promise<Page<Lead>> {
  const hidden = await statusIdsOf(tx, ['deleted'])
  const found = await readFirstLeads(tx, { ...page, hidden, limit: page.limit + 1 })
  return toPage(found, page, ({ receivedAt, id }) => sortCursor(receivedAt, id))
}

/**
 * One page of the leads for which this holds, deleted ones among them. The condition says whose they
 * are: see `visibleLeads`.
 */
export async function listLeadsWhere(
  tx: Transaction,
  condition: SQL | undefined,
  page: PageRequest
): Promise<Page<Lead>> {
  const isDealers = eq(leads.dealerId, tx.dealerId)
  const column = leads.receivedAt
  const where = and(isDealers, condition, afterCursor(column, leads.id, page))
  const order = pageOrder(column, leads.id, page)
  const places = await findPlaces(tx, { where, order, column, limit: page.limit + 1 })
  return await readPage(
    tx,
    toPage(places, page, ({ at, id }) => sortCursor(at, id))
  )
}

/** A lead's place in an order: its value there, and its id. */
interface LeadPlace {
  id: string
  at: Date | number | null
}

/** The first places of an order, by a statement that is planned for its values. */
async function findPlaces(
  tx: Transaction,
  {
    where,
    order,
    column,
    limit
  }: {
    where: SQL | undefined
    order: readonly SQL[]
    column: PgColumn
    limit: number
  }
): Promise<LeadPlace[]> {
  const rows = await tx.filterOrm
    .select({ id: leads.id, at: column })
    .from(leads)
    .where(where)
    .orderBy(...order)
    .limit(limit)
  return rows.map(({ id, at }) => ({ id, at: isPlace(at) ? at : null }))
}

function isPlace(value: unknown): value is Date | number {
  return value instanceof Date || typeof value === 'number'
}

/**
 * The leads of a page of places, by a statement that needs no plan of its own. The cursors stay those of
 * the places: a lead that changed since the first statement has another place by now, and a page that
 * ended there would leave out what lies between.
 */
async function readPage(
  tx: Transaction,
  places: Page<LeadPlace>,
  part: LeadPart = 'whole'
): Promise<Page<Lead>> {
  const ids = places.data.map(({ id }) => id)
  return { ...places, data: await readLeads(tx, ids, part) }
}
