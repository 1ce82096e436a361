import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { decisions } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import type { Decision, DecisionStep, PlannedDecision } from '../../domain/leads/decision.ts'
import { newId } from '../../ids.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

/** Inserts decisions; `decisions` is an expression for a JSON array of `decisionRow`. */
export function decisionsInsert({ decisions, at }: { decisions: string; at: string }): string {
  return `
  insert into decisions (dealer_id, lead_id, id, step, outcome, code, facts, created_at)
  select :dealerId, d."leadId", d.id, d.step, d.outcome, d.code, d.facts, ${at}
  from jsonb_to_recordset(${decisions})
    as d("leadId" uuid, id uuid, step text, outcome text, code text, facts jsonb)`
}

/** A decision as `decisionsInsert` takes it. */
export function decisionRow(leadId: string, decision: PlannedDecision) {
  return { leadId, id: newId(), ...decision }
}

const INSERT = statement(
  'insert-decisions',
  { decisions: 'jsonb', at: 'timestamptz' },
  decisionsInsert({ decisions: ':decisions', at: ':at' })
)

/** Keeps what the system decided about a lead. */
export async function insertDecisions(
  tx: Transaction,
  leadId: string,
  decisions: readonly PlannedDecision[],
  now: Date
): Promise<void> {
  await insertDecisionsOfLeads(tx, [{ leadId, decisions }], now)
}

/** The same for many leads, in one statement. */
export async function insertDecisionsOfLeads(
  tx: Transaction,
  planned: readonly { leadId: string; decisions: readonly PlannedDecision[] }[],
  now: Date
): Promise<void> {
  const decisions = planned.flatMap((lead) =>
    lead.decisions.map((decision) => decisionRow(lead.leadId, decision))
  )
  if (decisions.length > 0) await tx.run(INSERT, { decisions, at: now })
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
