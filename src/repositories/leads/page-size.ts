import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { leadCounts } from '../../database/schema.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { PageRequest } from '../paging.ts'
import { sumConditions } from './lead-sums.ts'
import type { LeadFilter } from './lead-filter.ts'

/** So many leads are sorted sooner than found on a walk through all of a large dealer. */
const FEW = 5_000

/** Filters with an index of their own. */
const INDEXED = ['status', 'statusGroup', 'source', 'assignee', 'queue'] as const

/**
 * How many leads a page is of: few are found first and then sorted, many are met on a walk through their
 * order. `many-own`: a member has many leads, and few others that they see. A page in the order of creation
 * is a walk for each place of leads.
 */
type PageSize = 'few' | 'many' | 'many-own'

/** Tells the size of a page by what `lead_counts` says of its filter. */
export async function pageSize(
  tx: Transaction,
  principal: TenantPrincipal,
  { filter, page }: { filter: LeadFilter; page: PageRequest }
): Promise<PageSize> {
  if (page.sort === undefined || page.sort === 'createdAt') return 'many'
  const all = seesAll(principal)
  if (principal.kind === 'key' && !all) return 'few'
  const indexed = INDEXED.filter((name) => filter[name] !== undefined)
  if (indexed.length === 0 && all) return 'many'
  const asked = Object.fromEntries(indexed.map((name) => [name, filter[name]]))
  const isOwn = all ? undefined : eq(leadCounts.assigneeId, principal.id)
  const [row] = await tx.filterOrm
    .select({ count: sql<number>`coalesce(sum(${leadCounts.leads}), 0)::int` })
    .from(leadCounts)
    .where(and(eq(leadCounts.dealerId, tx.dealerId), isOwn, ...(await sumConditions(tx, asked))))
  if ((row?.count ?? 0) <= FEW) return 'few'
  return all ? 'many' : 'many-own'
}
