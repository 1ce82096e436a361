import { and, eq, exists, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

import type { Transaction } from '../database/client.ts'
import { promoters, referralLinks } from '../database/schema.ts'
import { seesAll } from '../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../domain/access/permissions.ts'

/** A member sees the promoters they signed up. */
export function visiblePromoters(principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) => eq(promoters.userId, id))
}

/** A member sees their own links, and those of their promoters. */
export function visibleReferralLinks(tx: Transaction, principal: TenantPrincipal): SQL | undefined {
  return forMembers(principal, ({ id }) =>
    or(eq(referralLinks.userId, id), ofVisiblePromoter(tx, referralLinks, principal))
  )
}

/** A condition that binds only members. A key that may not read sees nothing. */
export function forMembers(
  principal: TenantPrincipal,
  condition: (user: UserPrincipal) => SQL | undefined
): SQL | undefined {
  if (seesAll(principal)) return undefined
  return principal.kind === 'key' ? sql`false` : condition(principal)
}

/** Whether the promoter that a row names is one this caller sees. */
export function ofVisiblePromoter(
  tx: Transaction,
  { dealerId, promoterId }: Record<'dealerId' | 'promoterId', PgColumn>,
  principal: TenantPrincipal
): SQL {
  const isIt = [eq(promoters.dealerId, dealerId), eq(promoters.id, promoterId)]
  return existsIn(tx, promoters, ...isIt, visiblePromoters(principal))
}

/** Whether there is a row of this table of which all that holds. */
export function existsIn(tx: Transaction, table: PgTable, ...conditions: (SQL | undefined)[]): SQL {
  const one = { one: sql`1` }
  return exists(
    tx.orm
      .select(one)
      .from(table)
      .where(and(...conditions))
  )
}
