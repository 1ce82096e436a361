import { and, eq, sql } from 'drizzle-orm'

import { randomCode } from '../../security/credentials.ts'
import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { dealers, promoters, referralLinks } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { visibleReferralLinks } from '../visible-promoters.ts'
import { eqIfGiven, inIfGiven, isRecord } from '../filters.ts'

export async function insertReferralLink(tx: Transaction, link: ReferralLink): Promise<void> {
  await tx.orm.insert(referralLinks).values({ dealerId: tx.dealerId, ...link })
}

const CLAIM = statement(
  'claim-referral-code',
  { code: 'text' },
  'select directory.claim_referral_code(:code) as claimed'
).returning<{ claimed: boolean }>()

/** Claims this code for the dealer. False when a link of any dealer has the code already. */
export async function claimCode(tx: Transaction, code: string): Promise<boolean> {
  const [row] = await tx.run(CLAIM, { code })
  return row?.claimed === true
}

const CODE_LENGTH = 8
const MOST_TRIES = 5

/** Claims a random code. Tests pass their own `draw`. */
export async function claimRandomCode(tx: Transaction, draw = randomCode): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const code = draw(CODE_LENGTH + tries)
    if (await claimCode(tx, code)) return code
  }
  throw new Error('no free referral code was drawn')
}

interface ReferralLinkFilter {
  user?: readonly string[] | undefined
  promoter?: readonly string[] | undefined
  active?: boolean | undefined
}

export async function listReferralLinks(
  tx: Transaction,
  principal: TenantPrincipal,
  filter: ReferralLinkFilter,
  page: PageRequest
): Promise<Page<ReferralLink>> {
  const rows = await tx.orm
    .select()
    .from(referralLinks)
    .where(
      and(
        eq(referralLinks.dealerId, tx.dealerId),
        visibleReferralLinks(tx, principal),
        inIfGiven(referralLinks.userId, filter.user),
        inIfGiven(referralLinks.promoterId, filter.promoter),
        eqIfGiven(referralLinks.active, filter.active),
        afterId(referralLinks.id, page)
      )
    )
    .orderBy(idOrder(referralLinks.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toReferralLink), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** The link with this id, or null when this caller sees no such link. */
export async function findReferralLink(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string,
  lock?: Lock
): Promise<ReferralLink | null> {
  const query = tx.orm
    .select()
    .from(referralLinks)
    .where(and(isRecord(tx, referralLinks, id), visibleReferralLinks(tx, principal)))
  const [row] = await lockedIf(query, lock, referralLinks)
  return row ? toReferralLink(row) : null
}

/** Changes a locked link and returns it. */
export async function updateReferralLink(
  tx: Transaction,
  id: string,
  change: Partial<Pick<ReferralLink, 'label' | 'targetUrl' | 'active'>>,
  now: Date
): Promise<ReferralLink> {
  const [row] = await tx.orm
    .update(referralLinks)
    .set({ ...change, version: sql`${referralLinks.version} + 1`, updatedAt: now })
    .where(isRecord(tx, referralLinks, id))
    .returning()
  if (!row) throw new Error('a locked referral link is gone')
  return toReferralLink(row)
}

/** The active link with this code, and its user: the link’s own, or the user of its promoter. */
export async function findActiveLink(
  tx: Transaction,
  code: string
): Promise<{ id: string; userId: string | null } | null> {
  const [row] = await tx.orm
    .select({
      id: referralLinks.id,
      userId: sql<string | null>`coalesce(${referralLinks.userId}, ${promoters.userId})`
    })
    .from(referralLinks)
    .leftJoin(
      promoters,
      and(
        eq(promoters.dealerId, referralLinks.dealerId),
        eq(promoters.id, referralLinks.promoterId)
      )
    )
    .where(
      and(
        eq(referralLinks.dealerId, tx.dealerId),
        eq(referralLinks.code, code),
        eq(referralLinks.active, true)
      )
    )
  return row ?? null
}

/** The target of a visit; null: neither the link nor the dealer names one. */
interface Visit {
  target: string | null
}

/** Counts a visit to an active link. Returns null, and counts nothing, for an unknown link. */
export async function countVisit(tx: Transaction, code: string, now: Date): Promise<Visit | null> {
  const [row] = await tx.orm
    .update(referralLinks)
    .set({ visits: sql`${referralLinks.visits} + 1`, lastVisitAt: now })
    .where(isActive(tx, code))
    .returning({ target: visitTarget(tx) })
  return row ?? null
}

/** The same without counting the visit. */
export async function findVisit(tx: Transaction, code: string): Promise<Visit | null> {
  const [row] = await tx.orm
    .select({ target: visitTarget(tx) })
    .from(referralLinks)
    .where(isActive(tx, code))
  return row ?? null
}

function isActive(tx: Transaction, code: string) {
  return and(
    eq(referralLinks.dealerId, tx.dealerId),
    eq(referralLinks.code, code),
    eq(referralLinks.active, true)
  )
}

function visitTarget(tx: Transaction) {
  const landingPage = tx.orm
    .select({ page: sql`${dealers.settings}->>'landingPage'` })
    .from(dealers)
    .where(eq(dealers.id, tx.dealerId))
  return sql<string | null>`coalesce(${referralLinks.targetUrl}, (${landingPage}))`
}

function toReferralLink({ dealerId: _, ...link }: typeof referralLinks.$inferSelect): ReferralLink {
  return link
}
