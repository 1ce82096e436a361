import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { decisions } from '../../database/schema.ts'
import type { PlannedDecision } from '../../domain/leads/capture.ts'
import type { Decision } from '../../domain/leads/decision.ts'
import { newId } from '../../ids.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/** Keeps what the system decided about a lead. A capture does the same in its own statement. */
export async function insertDecisions(
  tx: Transaction,
  leadId: string,
  planned: readonly PlannedDecision[],
  now: Date
): Promise<void> {
  if (planned.length === 0) return
  await tx.orm.insert(decisions).values(
    planned.map((decision) => ({
      dealerId: tx.dealerId,
      leadId,
      id: newId(),
      ...decision,
      createdAt: now
    }))
  )
}

/** One page of the decisions about a lead, in the order they were taken. */
export async function listDecisions(
  tx: Transaction,
  leadId: string,
  page: PageRequest
): Promise<Page<Decision>> {
  const rows = await tx.orm
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.dealerId, tx.dealerId),
        eq(decisions.leadId, leadId),
        afterId(decisions.id, page)
      )
    )
    .orderBy(idOrder(decisions.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toDecision), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

function toDecision({ dealerId: _, ...decision }: typeof decisions.$inferSelect): Decision {
  return decision
}
