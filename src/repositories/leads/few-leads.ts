import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leadCounts } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { PageRequest } from '../paging.ts'
import { sumConditions } from './lead-counts.ts'
import type { LeadFilter } from './lead-filter.ts'

/** So many leads are sorted sooner than found on a walk through all of a large dealer. */
const FEW = 5_000

/** Filters with an index of their own. */
const INDEXED = ['status', 'statusGroup', 'source', 'assignee', 'queue'] as const

/**
 * Whether a page in an order other than that of creation is of few leads, which are found first and then
 * sorted: by what `lead_counts` says of the filter. Of members, what they see is found first.
 */
export async function asksFewLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  { filter, page }: { filter: LeadFilter; page: PageRequest }
): Promise<boolean> {
  if (page.sort === undefined || page.sort === 'createdAt') return false
  if (!seesAll(principal)) return true
  const indexed = INDEXED.filter((name) => filter[name] !== undefined)
  if (indexed.length === 0) return false
  const asked = Object.fromEntries(indexed.map((name) => [name, filter[name]]))
  const [row] = await tx.filterOrm
    .select({ count: sql<number>`coalesce(sum(${leadCounts.leads}), 0)::int` })
    .from(leadCounts)
    .where(and(eq(leadCounts.dealerId, tx.dealerId), ...(await sumConditions(tx, asked))))
  return (row?.count ?? 0) <= FEW
}
