import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { engagements } from '../../database/schema.ts'
import type { Engagement } from '../../domain/scoring/engagement.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

export async function insertEngagement(tx: Transaction, engagement: Engagement): Promise<void> {
  await tx.orm.insert(engagements).values({ dealerId: tx.dealerId, ...engagement })
}

/** One page of what a lead's person did, by when they did it. */
export async function listEngagements(
  tx: Transaction,
  leadId: string,
  page: PageRequest
): Promise<Page<Engagement>> {
  const rows = await tx.orm
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.dealerId, tx.dealerId),
        eq(engagements.leadId, leadId),
        afterCursor(engagements.occurredAt, engagements.id, page)
      )
    )
    .orderBy(...pageOrder(engagements.occurredAt, engagements.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toEngagement), page, ({ occurredAt, id }) => ({ at: occurredAt, id }))
}

function toEngagement({ dealerId: _, ...row }: typeof engagements.$inferSelect): Engagement {
  return row
}
