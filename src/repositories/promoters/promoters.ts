import { and, eq, like, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { promoters } from '../../database/schema.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Promoter, PromoterState } from '../../domain/promoters/promoter.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visiblePromoters } from '../visible-promoters.ts'
import { given, inIfGiven, isRecord } from '../filters.ts'

export async function insertPromoter(
  tx: Transaction,
  promoter: Promoter & { invitationMessage?: string | null }
): Promise<void> {
  const approvedAt = promoter.state === 'active' ? promoter.createdAt : null
  await tx.orm.insert(promoters).values({ dealerId: tx.dealerId, ...promoter, approvedAt })
}

/** Adds a promoter unless the dealer has one with this e-mail address. Returns whether it did. */
export async function insertUnknownPromoter(tx: Transaction, promoter: Promoter): Promise<boolean> {
  const rows = await tx.orm
    .insert(promoters)
    .values({ dealerId: tx.dealerId, ...promoter })
    .onConflictDoNothing({ target: [promoters.dealerId, promoters.email] })
    .returning({ id: promoters.id })
  return rows.length > 0
}

interface PromoterFilter {
  state?: readonly PromoterState[] | undefined
  user?: readonly string[] | undefined
  /** The beginning of a word of the name, or of the e-mail address. */
  q?: string | undefined
}

export async function listPromoters(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: PromoterFilter,
  page: PageRequest
): Promise<Page<Promoter>> {
  const rows = await tx.filterOrm
    .select()
    .from(promoters)
    .where(
      and(
        eq(promoters.dealerId, tx.dealerId),
        visiblePromoters(principal),
        inIfGiven(promoters.state, filter.state),
        inIfGiven(promoters.userId, filter.user),
        given(filter.q, beginsWith),
        afterId(promoters.id, page)
      )
    )
    .orderBy(idOrder(promoters.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toPromoter), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function beginsWith(q: string): SQL | undefined {
  const beginning = `${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const name = sql`lower(${promoters.name})`
  return or(like(promoters.email, beginning), like(name, beginning), like(name, `% ${beginning}`))
}

/** The promoter with this id, or null when this caller sees no such promoter. */
export async function findPromoter(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string,
  lock?: Lock
): Promise<Promoter | null> {
  const query = tx.orm
    .select()
    .from(promoters)
    .where(and(isRecord(tx, promoters, id), visiblePromoters(principal)))
  const [row] = await lockedIf(query, lock, promoters)
  return row ? toPromoter(row) : null
}

/** Whether a promoter was active before. */
export async function wasApproved(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx.orm
    .select({ approvedAt: promoters.approvedAt })
    .from(promoters)
    .where(isRecord(tx, promoters, id))
  return row !== undefined && row.approvedAt !== null
}

/** Changes a locked promoter and returns it. */
export async function updatePromoter(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Promoter, 'name' | 'email' | 'phone' | 'locale' | 'state' | 'removedAt'>>,
  now: Date
): Promise<Promoter> {
  const [row] = await tx.orm
    .update(promoters)
    .set({
      ...change,
      ...(change.state === 'active'
        ? { approvedAt: sql`coalesce(${promoters.approvedAt}, ${now.toISOString()})` }
        : {}),
      version: sql`${promoters.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, promoters, id))
    .returning()
  if (!row) throw new Error('a locked promoter is gone')
  return toPromoter(row)
}

/** The promoter without the hashes of secrets. */
export function toPromoter(row: typeof promoters.$inferSelect): Promoter {
  const { dealerId: _, portalHash: _portal, invitationHash: _invitation, ...rest } = row
  const { invitationExpiresAt: _expires, invitationMessage: _message, ...visible } = rest
  const { approvedAt: _approved, ...promoter } = visible
  return promoter
}
