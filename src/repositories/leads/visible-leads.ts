import { and, eq, isNull, sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { handovers, leads } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../../domain/access/permissions.ts'
import type { FilterList } from './lead-filter.ts'
import { pageOrder } from '../paging.ts'
import type { PageRequest } from '../paging.ts'
import { isFollowedBy, offeredLeads, visibleLeads } from '../visibility.ts'

/**
 * The condition of one page of the leads that a caller sees, for a query that orders and cuts them
 * alike; `conditions` are all others.
 *
 * What a member sees comes from four places: their own, those that wait in their queues, those
 * offered to them, those they handed over. Each has an index, but no index has all, and with an `or`
 * between them PostgreSQL walks through every lead of the dealer. So the page's worth of each is
 * looked up, and their ids are what the query begins at. So is each id of a list that a filter has.
 */
export function onVisiblePage(
  tx: Transaction,
  principal: TenantPrincipal,
  { conditions, list }: { conditions: readonly (SQL | undefined)[]; list: FilterList | null },
  page: Pick<PageRequest, 'limit' | 'after' | 'descending'> & { order?: readonly SQL[] }
): SQL | undefined {
  const order = page.order ?? pageOrder(leads.receivedAt, leads.id, page)
  const others = and(eq(leads.dealerId, tx.dealerId), ...conditions)
  const cut = (place: SQL | undefined) =>
    tx.orm
      .select({ id: leads.id })
      .from(leads)
      .where(and(others, place))
      .orderBy(...order)
      .limit(page.limit + 1)
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
    cut(eq(leads.assigneeId, principal.id)),
    sql`(select w.id from unnest(${sql.param([...principal.queueIds])}::uuid[]) as q (id)
      cross join lateral ${cut(and(isNull(leads.assigneeId), sql`${leads.queueId} = q.id`))} as w)`,
    cut(offeredLeads(principal)),
    cut(followedLeads(principal))
  ])
}

/** As an array the ids are there before the rest is planned for: nothing then walks by time. */
function isOnPage(tx: Transaction, places: readonly SQLWrapper[]): SQL | undefined {
  return and(
    eq(leads.dealerId, tx.dealerId),
    sql`${leads.id} = any(array(${sql.join([...places], sql` union all `)}))`
  )
}

/**
 * Leads that the member follows, because they handed them over. An index finds their accepted offer;
 * their id inside the lead's list has no index.
 */
function followedLeads({ dealerId, id }: UserPrincipal): SQL | undefined {
  const handedOver = sql`${leads.id} = any(array(
    select h.lead_id from ${handovers} h
    where h.dealer_id = ${dealerId} and h.from_user_id = ${id} and h.state = 'accepted'))`
  return and(handedOver, isFollowedBy(id))
}
