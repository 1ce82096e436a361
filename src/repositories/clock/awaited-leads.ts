import { and, asc, eq, lte, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads, statuses } from '../../database/schema.ts'
import type { ResponsePlan } from '../../domain/dealers/response-limit.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'
import { isRecord } from '../filters.ts'

/** The facts of a lead that its response deadline needs. */
export interface AwaitedLead {
  id: string
  group: StatusGroup
  clientId: string | null
  assigneeId: string | null
  queueId: string | null
  homeQueueId: string | null
  assignedAt: Date | null
  firstAssignedAt: Date | null
  quarantineReason: QuarantineCode | null
  isTest: boolean
  respondBy: Date | null
  escalations: number
  receivedAt: Date
}

/** The lead, locked until the transaction ends, regardless of caller visibility. */
export async function lockAwaitedLead(tx: Transaction, id: string): Promise<AwaitedLead | null> {
  const [row] = await selectAwaited(tx)
    .where(isRecord(tx, leads, id))
    .for('no key update', { of: leads })
  return row ?? null
}

/** The same, as it was when it was read. */
export async function findAwaitedLead(tx: Transaction, id: string): Promise<AwaitedLead | null> {
  const [row] = await selectAwaited(tx).where(isRecord(tx, leads, id))
  return row ?? null
}

/** Leads whose clock is to be looked at, the longest overdue first; those that others have locked are left. */
export async function lockDueLeads(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<AwaitedLead[]> {
  return await selectAwaited(tx)
    .where(and(eq(leads.dealerId, tx.dealerId), lte(leads.clockDueAt, now)))
    .orderBy(asc(leads.clockDueAt))
    .limit(limit)
    .for('no key update', { of: leads, skipLocked: true })
}

function selectAwaited(tx: Transaction) {
  return tx.orm
    .select({
      id: leads.id,
      group: statuses.group,
      clientId: leads.clientId,
      assigneeId: leads.assigneeId,
      queueId: leads.queueId,
      homeQueueId: leads.homeQueueId,
      assignedAt: leads.assignedAt,
      firstAssignedAt: leads.firstAssignedAt,
      quarantineReason: leads.quarantineReason,
      isTest: leads.isTest,
      respondBy: leads.respondBy,
      escalations: leads.escalations,
      receivedAt: leads.receivedAt
    })
    .from(leads)
    .innerJoin(
      statuses,
      and(eq(statuses.dealerId, leads.dealerId), eq(statuses.id, leads.statusId))
    )
    .$dynamic()
}

/**
 * When the clocks of locked leads are next checked. The version stays, so that other changes of the
 * lead do not conflict.
 */
export async function planLeads(
  tx: Transaction,
  ids: readonly string[],
  plan: Partial<ResponsePlan> & { escalations?: number }
): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(leads)
    .set(plan)
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids])))
}

/** Locked leads that were warned of are next looked at when their time is over. */
export async function lookAtLimit(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(leads)
    .set({ clockDueAt: sql`${leads.respondBy}` })
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids])))
}
