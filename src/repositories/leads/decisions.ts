import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { decisions } from '../../database/schema.ts'
import type { Decision, DecisionStep, PlannedDecision } from '../../domain/leads/decision.ts'
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
  await insertDecisionsOfLeads(
    tx,
    planned.map((decision) => ({ leadId, decision })),
    now
  )
}

/** The same for many leads, in one statement. */
export async function insertDecisionsOfLeads(
  tx: Transaction,
  planned: readonly { leadId: string; decision: PlannedDecision }[],
  now: Date
): Promise<void> {
  if (planned.length === 0) return
  await tx.orm.insert(decisions).values(
    planned.map(({ leadId, decision }) => ({
      dealerId: tx.dealerId,
      leadId,
      id: newId(),
      ...decision,
      createdAt: now
    }))
  )
}

/** One page of the decisions about a lead, in the order they were taken; of one step, if one is named. */
export async function listDecisions(
  tx: Transaction,
  leadId: string,
  page: PageRequest,
  step?: DecisionStep
): Promise<Page<Decision>> {
  const rows = await tx.orm
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.dealerId, tx.dealerId),
        eq(decisions.leadId, leadId),
        step && eq(decisions.step, step),
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
