import { and, desc, eq, isNull, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import {
  leads,
  referralLinks,
  rewards,
  saleStatuses,
  sales,
  statuses
} from '../../database/schema.ts'
import { COUNTED_MOST, progressOf } from '../../domain/promoter-pages/promoter-page.ts'
import type { PromotedLead } from '../../domain/promoter-pages/promoter-page.ts'
import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { isNamedBy } from '../filters.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { countsAsSale } from '../sales/counted-sales.ts'

/** How many links their page shows. */
const LINKS_MOST = 200

/** A promoter's links, the newest first. */
export async function listPageLinks(
  tx: Transaction,
  promoterId: string
): Promise<Pick<ReferralLink, 'code' | 'visits' | 'active'>[]> {
  const { code, visits, active } = referralLinks
  return await tx.orm
    .select({ code, visits, active })
    .from(referralLinks)
    .where(and(eq(referralLinks.dealerId, tx.dealerId), eq(referralLinks.promoterId, promoterId)))
    .orderBy(desc(referralLinks.id))
    .limit(LINKS_MOST)
}

/** Whether a promoter has a link with this code, live or not. */
export async function hasLink(
  tx: Transaction,
  { promoterId, code }: { promoterId: string; code: string }
): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: referralLinks.id })
    .from(referralLinks)
    .where(
      and(
        eq(referralLinks.dealerId, tx.dealerId),
        eq(referralLinks.code, code),
        eq(referralLinks.promoterId, promoterId)
      )
    )
  return rows.length > 0
}

/** How many leads a promoter brought, and how many of them were sold: as far as the counts go. */
export async function countPromoted(
  tx: Transaction,
  promoterId: string
): Promise<{ leads: number; sales: number }> {
  const brought = tx.orm
    .select({ one: sql`1` })
    .from(leads)
    .where(isBrought(tx, promoterId))
    .limit(COUNTED_MOST)
  const sold = tx.orm
    .select({ one: sql`1` })
    .from(sales)
    .innerJoin(leads, isNamedBy(leads, sales, sales.leadId))
    .innerJoin(saleStatuses, isNamedBy(saleStatuses, sales, sales.statusId))
    .where(
      and(
        eq(sales.dealerId, tx.dealerId),
        eq(sales.promoterId, promoterId),
        countsAsSale(),
        eq(leads.isTest, false)
      )
    )
    .limit(COUNTED_MOST)
  const { rows } = await tx.orm.execute<{ leads: number; sales: number }>(sql`select
    (select count(*)::int from (${brought}) b) as leads,
    (select count(*)::int from (${sold}) s) as sales`)
  const [counts] = rows
  if (!counts) throw new Error('a count came to nothing')
  return counts
}

/** One page of the leads a promoter brought, as they may see them. The cursor is for our eyes only. */
export async function listPromotedLeads(
  tx: Transaction,
  promoterId: string,
  page: PageRequest
): Promise<Page<PromotedLead>> {
  const rows = await tx.orm
    .select({
      id: leads.id,
      receivedAt: leads.receivedAt,
      group: statuses.group,
      isQuarantined: sql<boolean>`${leads.quarantineReason} is not null`,
      isCancelled: sql<boolean>`coalesce(${saleStatuses.group} = 'cancelled', false)`,
      points: rewards.points,
      state: rewards.state
    })
    .from(leads)
    .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
    .leftJoin(
      sales,
      and(eq(sales.dealerId, leads.dealerId), eq(sales.leadId, leads.id), isNull(sales.undoneAt))
    )
    .leftJoin(saleStatuses, isNamedBy(saleStatuses, sales, sales.statusId))
    .leftJoin(
      rewards,
      and(
        eq(rewards.dealerId, sales.dealerId),
        eq(rewards.saleId, sales.id),
        eq(rewards.promoterId, promoterId)
      )
    )
    .where(and(isBrought(tx, promoterId), afterCursor(leads.receivedAt, leads.id, page)))
    .orderBy(...pageOrder(leads.receivedAt, leads.id, page))
    .limit(page.limit + 1)
  const { data, next } = toPage(rows, page, ({ receivedAt, id }) => ({ at: receivedAt, id }))
  return { data: data.map(toPromoted), next }
}

interface PromotedRow {
  receivedAt: Date
  group: Parameters<typeof progressOf>[0]['group']
  isQuarantined: boolean
  isCancelled: boolean
  points: number | null
  state: NonNullable<PromotedLead['reward']>['state'] | null
}

function toPromoted({ receivedAt, points, state, ...lead }: PromotedRow): PromotedLead {
  const reward = points === null || state === null ? null : { points, state }
  return { receivedAt, progress: progressOf(lead), reward }
}

function isBrought(tx: Transaction, promoterId: string) {
  return and(
    eq(leads.dealerId, tx.dealerId),
    eq(leads.promoterId, promoterId),
    eq(leads.isTest, false)
  )
}
