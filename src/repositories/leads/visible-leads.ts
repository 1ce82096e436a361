import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leadParticipants, leads } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../../domain/access/permissions.ts'
import type { FilterList } from './lead-filter.ts'
import { afterCursor, pageOrder } from '../paging.ts'
import type { PageRequest } from '../paging.ts'
import { isWaiting, listedLeads, offeredLeads, openToThem, visibleLeads } from '../visibility.ts'

/**
 * The condition of one page of the leads that a caller sees, for a query that orders and cuts them
 * alike; `conditions` are all others.
 *
 * What a member sees comes from four places: their own, those that wait in their queues, those
 * offered to them, those they have to do with otherwise. Each has an index, but no index has all, and with an `or`
 * between them PostgreSQL walks through every lead of the dealer. So the page's worth of each is
 * looked up, and their ids are what the query begins at. So is each id of a list that a filter has.
 * Leads that a member sees only as those of a client come in the list of that client alone: a filter
 * lists nothing that the list without it does not have.
 */
export function onVisiblePage(
  tx: Transaction,
  principal: TenantPrincipal,
  {
    conditions,
    list,
    client
  }: {
    conditions: readonly (SQL | undefined)[]
    list: FilterList | null
    /** The conditions name a client, whose few leads have an index: seen as those of the client, or filtered. */
    client?: 'seen' | 'filter' | undefined
  },
  page: Pick<PageRequest, 'limit' | 'after' | 'descending' | 'sort'> & {
    order?: readonly SQL[]
    /** The ids of a member's own leads of this page, where they are known. */
    own?: readonly string[] | null
  }
): SQL | undefined {
  const order = page.order ?? pageOrder(leads.receivedAt, leads.id, page)
  const others = and(eq(leads.dealerId, tx.dealerId), openToThem(principal), ...conditions)
  const cut = (place: SQL | undefined) =>
    firstIds(tx, { where: and(others, place), order, limit: page.limit + 1 })
  if (client === 'seen') return and(others, visibleLeads(principal))
  if (client === 'filter') return and(others, listedLeads(principal))
  if (seesAll(principal) || principal.kind === 'key') {
    const seen = visibleLeads(principal)
    if (!list) return and(others, seen)
    // Each id by itself: the planner knows how many leads it has, and takes the index that fits.
    return isOnPage(
      tx,
      list.ids.map((id) => cut(and(seen, eq(list.column, id))))
    )
  }
  return isOnPage(tx, [
    page.own
      ? sql`(select unnest(${sql.param([...page.own])}::uuid[]))`
      : cut(eq(leads.assigneeId, principal.id)),
    waitingLeads(principal, cut),
    cut(offeredLeads(principal)),
    participatedLeads(tx, principal, { others, order, page })
  ])
}

/**
 * The same without those that sums count: the leads that a member has and those that wait in their
 * queues, but for the ones of these statuses.
 */
export function onPageBeside(
  tx: Transaction,
  principal: UserPrincipal,
  { conditions, statusIds }: { conditions: readonly (SQL | undefined)[]; statusIds: string[] },
  page: Pick<PageRequest, 'limit' | 'after' | 'descending'>
): SQL | undefined {
  const order = pageOrder(leads.receivedAt, leads.id, page)
  const all = and(eq(leads.dealerId, tx.dealerId), openToThem(principal), ...conditions)
  const cut = (place: SQL | undefined) =>
    firstIds(tx, { where: and(all, place), order, limit: page.limit + 1 })
  const isOwn = eq(leads.assigneeId, principal.id)
  const isIn = inArray(leads.queueId, [...principal.queueIds])
  const waits = and(isNull(leads.assigneeId), isIn, isWaiting(tx.dealerId))
  const isOfThese = inArray(leads.statusId, statusIds)
  const others = and(all, sql`((${or(isOwn, waits)}) is not true or ${isOfThese})`)
  const ofThese = [cut(and(isOwn, isOfThese)), cut(and(waits, isOfThese))]
  return isOnPage(tx, [
    ...(statusIds.length === 0 ? [] : ofThese),
    cut(and(offeredLeads(principal), others)),
    participatedLeads(tx, principal, { others, order, page })
  ])
}

function firstIds(
  tx: Transaction,
  { where, order, limit }: { where: SQL | undefined; order: readonly SQL[]; limit: number }
) {
  return tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(where)
    .orderBy(...order)
    .limit(limit)
}

/** The first leads that wait in a user's queues, queue by queue. */
function waitingLeads(
  { dealerId, queueIds }: UserPrincipal,
  cut: (place: SQL | undefined) => SQLWrapper
): SQLWrapper {
  const isIn = sql`${leads.queueId} = q.id`
  const waits = and(isNull(leads.assigneeId), isIn, isWaiting(dealerId))
  return sql`(select w.id from unnest(${sql.param([...queueIds])}::uuid[]) as q (id)
    cross join lateral ${cut(waits)} as w)`
}

function isByTime({ sort }: Pick<PageRequest, 'sort'>): boolean {
  return sort === undefined || sort === 'createdAt'
}

/** As an array the ids are there before the rest is planned for: nothing then walks by time. */
function isOnPage(tx: Transaction, places: readonly SQLWrapper[]): SQL | undefined {
  return and(
    eq(leads.dealerId, tx.dealerId),
    sql`${leads.id} = any(array(${sql.join([...places], sql` union all `)}))`
  )
}

/**
 * Leads that a member has to do with otherwise. Those in the order of time by the index of the
 * participants, which has it. Not those that they were only told of: the mail has the link, and a list
 * is of work.
 */
function participatedLeads(
  tx: Transaction,
  { id }: UserPrincipal,
  {
    others,
    order,
    page
  }: {
    others: SQL | undefined
    order: readonly SQL[]
    page: Pick<PageRequest, 'limit' | 'after' | 'descending' | 'sort'>
  }
): SQLWrapper {
  const { dealerId, leadId, userId, receivedAt, reasons } = leadParticipants
  const byTime = isByTime(page)
  return tx.orm
    .select({ id: leads.id })
    .from(leadParticipants)
    .innerJoin(leads, and(eq(leads.dealerId, tx.dealerId), eq(leads.id, leadId)))
    .where(
      and(
        eq(dealerId, tx.dealerId),
        eq(userId, id),
        sql`${reasons} <> '{told}'`,
        byTime ? afterCursor(receivedAt, leadId, page) : undefined,
        others
      )
    )
    .orderBy(...(byTime ? pageOrder(receivedAt, leadId, page) : order))
    .limit(page.limit + 1)
}
