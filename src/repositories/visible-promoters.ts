import { eq, or } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Transaction } from '../database/client.ts'
import { promoters, referralLinks } from '../database/schema.ts'
import type { TenantPrincipal } from '../domain/access/permissions.ts'
import { existsIn } from './filters.ts'
import { forMembers } from './for-members.ts'

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

/** Whether the promoter that a row names is one this caller sees. */
export function ofVisiblePromoter(
  tx: Transaction,
  { dealerId, promoterId }: Record<'dealerId' | 'promoterId', PgColumn>,
  principal: TenantPrincipal
): SQL {
  const isIt = [eq(promoters.dealerId, dealerId), eq(promoters.id, promoterId)]
  return existsIn(tx, promoters, ...isIt, visiblePromoters(principal))
}
