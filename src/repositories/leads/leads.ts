import { and, eq, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { recognisableName, vehicleKey } from '../../domain/leads/contact.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { LeadSnapshot } from '../../domain/operations/operation.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'
import { readLeads } from './lead-rows.ts'
import { replaceMatchKeys } from './match-keys.ts'
import { assignmentColumns } from './lead-assignments.ts'
import { changeableLeads, isOpenToQueues, visibleLeads } from '../visibility.ts'
import { isRecord } from '../filters.ts'

/** The lead, or null where this caller sees none with this id. */
export async function findLead(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Lead | null> {
  const [lead] = await findLeads(tx, principal, [id])
  return lead ?? null
}

/** The leads of these ids that this caller sees. */
export async function findLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  ids: readonly string[]
): Promise<Lead[]> {
  const isVisible = visibleLeads(principal)
  if (isVisible === undefined || ids.length === 0) return await readLeads(tx, ids)
  const areThose = and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, ids))
  const seen = await tx.orm.select({ id: leads.id }).from(leads).where(and(areThose, isVisible))
  return await readLeads(
    tx,
    seen.map(({ id }) => id)
  )
}

/** Whether a lead would wait in a queue without its assignee. */
export async function wouldWait(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(and(isRecord(tx, leads, id), isOpenToQueues(tx.dealerId)))
  return rows.length > 0
}

/** The lead, regardless of caller visibility. For system jobs. */
export async function findLeadById(tx: Transaction, id: string): Promise<Lead | null> {
  const [lead] = await readLeads(tx, [id])
  return lead ?? null
}

/**
 * The lead, locked until the transaction ends, or null where this caller sees none: read before every
 * change, so that of two changes at once the second sees what the first left. Throws where the caller
 * only sees it.
 */
export async function lockLead(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Lead | null> {
  const locked = await lockVisible(tx, principal, id)
  if (!locked) return null
  if (!locked.isTheirs) throw new NotTheirsToChange()
  return await findLeadById(tx, id)
}

/** The same for what may be added to leads that a caller only sees. */
export async function lockSeenLead(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<Lead | null> {
  return (await lockVisible(tx, principal, id)) ? await findLeadById(tx, id) : null
}

async function lockVisible(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): Promise<{ isTheirs: boolean } | null> {
  const [locked] = await tx.orm
    .select({ isTheirs: sql<boolean>`${changeableLeads(principal)}` })
    .from(leads)
    .where(and(isRecord(tx, leads, id), visibleLeads(principal)))
    // No key changes: a capture that repeats this lead need not wait for its other changes.
    .for('no key update', { of: leads })
  return locked ?? null
}

/**
 * Locks a lead until the transaction ends, regardless of caller visibility. Its dependents are
 * locked after it, so that all transactions lock in one order.
 */
export async function lockLeadById(tx: Transaction, id: string): Promise<void> {
  await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(isRecord(tx, leads, id))
    .for('no key update')
}

/** Columns of a lead that changes may set. */
interface LeadChange {
  content?: LeadContent
  statusId?: string
  statusChangedAt?: Date
  /** Of a change of the status; left out: the lead has none any more. */
  statusReasonId?: string | null
  statusReasonText?: string | null
  assigneeId?: string | null
  queueId?: string | null
  clientId?: string | null
  quarantineReason?: QuarantineCode | null
  duplicateOfId?: string | null
  respondBy?: Date | null
  clockDueAt?: Date | null
}

/** Changes a locked lead and returns its new version. */
export async function updateLead(
  tx: Transaction,
  id: string,
  change: LeadChange,
  now: Date
): Promise<number> {
  const { content } = change
  const [row] = await tx.orm
    .update(leads)
    .set({
      ...change,
      ...assignmentColumns(change, now),
      ...reasonColumns(change),
      ...(content
        ? {
            type: content.type,
            isTest: content.isTest,
            displayName: recognisableName(content.contact),
            vehicleKey: vehicleKey(content.vehicles)
          }
        : {}),
      version: sql`${leads.version} + 1`,
      updatedAt: now
    })
    .where(isRecord(tx, leads, id))
    .returning({ version: leads.version })
  if (content) await replaceMatchKeys(tx, { type: 'lead', id }, content)
  if (!row) throw new Error('a locked lead is gone')
  return row.version
}

/** The reason is that of the status: another status takes it away, unless it has its own. */
function reasonColumns({ statusId, statusReasonId = null, statusReasonText = null }: LeadChange) {
  return statusId === undefined ? {} : { statusReasonId, statusReasonText }
}

/** Where a locked lead stands, and since when, as an operation records it. */
export async function findLeadSnapshot(
  tx: Transaction,
  id: string
): Promise<
  | (LeadSnapshot & {
      statusChangedAt: Date
      statusReasonId: string | null
      statusReasonText: string | null
      respondBy: Date | null
      clockDueAt: Date | null
      version: number
    })
  | null
> {
  const [row] = await tx.orm
    .select({
      statusId: leads.statusId,
      clientId: leads.clientId,
      assigneeId: leads.assigneeId,
      queueId: leads.queueId,
      statusChangedAt: leads.statusChangedAt,
      statusReasonId: leads.statusReasonId,
      statusReasonText: leads.statusReasonText,
      respondBy: leads.respondBy,
      clockDueAt: leads.clockDueAt,
      version: leads.version
    })
    .from(leads)
    .where(isRecord(tx, leads, id))
  return row ?? null
}

/** How many leads have this status. */
export async function countLeadsWithStatus(tx: Transaction, statusId: string): Promise<number> {
  return await tx.orm.$count(
    leads,
    and(eq(leads.dealerId, tx.dealerId), eq(leads.statusId, statusId))
  )
}
