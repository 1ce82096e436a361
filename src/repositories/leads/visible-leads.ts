import { and, eq, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { handovers, leads } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../../domain/access/permissions.ts'
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
 * looked up, and their ids are what the query begins at.
 */
export function onVisiblePage(
  tx: Transaction,
  principal: TenantPrincipal,
  conditions: readonly (SQL | undefined)[],
  page: PageRequest
): SQL | undefined {
  const others = and(eq(leads.dealerId, tx.dealerId), ...conditions)
  if (seesAll(principal) || principal.kind === 'key') return and(others, visibleLeads(principal))
  const cut = (place: SQL | undefined) =>
    tx.orm
      .select({ id: leads.id })
      .from(leads)
      .where(and(others, place))
      .orderBy(...pageOrder(leads.receivedAt, leads.id, page))
      .limit(page.limit + 1)
  const places = [
    cut(eq(leads.assigneeId, principal.id)),
    sql`(select w.id from unnest(${sql.param([...principal.queueIds])}::uuid[]) as q (id)
      cross join lateral ${cut(and(isNull(leads.assigneeId), sql`${leads.queueId} = q.id`))} as w)`,
    cut(offeredLeads(principal)),
    cut(followedLeads(principal))
  ]
  return and(
    eq(leads.dealerId, tx.dealerId),
    // As an array the ids are there before the rest is planned for: nothing then walks by time.
    sql`${leads.id} = any(array(${sql.join(places, sql` union all `)}))`
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
