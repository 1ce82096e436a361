import { and, asc, eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { leads } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import type { TenantPrincipal, UserPrincipal } from '../../domain/access/permissions.ts'
import type { LeadAssignment } from '../../domain/operations/operation.ts'
import type { QuarantineCode } from '../../domain/reasons/decision-reasons.ts'
import { changeableLeads, isOpenToQueues, openToThem, visibleLeads } from '../visibility.ts'

/** Assignments of leads to users and queues, with their times. */

/** A lead with the facts that an assignment needs. */
export interface LeadWithAssignment {
  id: string
  assignment: LeadAssignment
  clientId: string | null
  quarantineReason: QuarantineCode | null
  isTest: boolean
  version: number
}

interface AssignmentChange {
  assigneeId?: string | null
  queueId?: string | null
}

/**
 * The columns that change with an assignee or queue: since when they have it, when it was first
 * assigned, and the queue it returns to.
 */
export function assignmentColumns(
  { assigneeId, queueId }: AssignmentChange,
  now: Date
): { assignedAt?: SQL | null; firstAssignedAt?: SQL; homeQueueId?: SQL | string } {
  const at = sql.param(now, leads.assignedAt)
  return {
    ...(assigneeId === null ? { assignedAt: null } : {}),
    ...(typeof assigneeId === 'string'
      ? {
          assignedAt: sql`case when ${leads.assigneeId} = ${assigneeId} then ${leads.assignedAt}
            else ${at} end`,
          firstAssignedAt: sql`coalesce(${leads.firstAssignedAt}, ${at})`
        }
      : {}),
    ...(queueId === null
      ? { homeQueueId: sql`coalesce(${leads.queueId}, ${leads.homeQueueId})` }
      : {}),
    ...(typeof queueId === 'string' ? { homeQueueId: queueId } : {})
  }
}

/**
 * The leads of these ids that this caller sees, locked in the order of their ids until the transaction
 * ends. Without a principal all of the dealer's: for a call that decides itself who may. Throws where the
 * caller only sees one of them.
 */
export async function lockLeadAssignments(
  tx: Transaction,
  principal: TenantPrincipal | null,
  ids: readonly string[]
): Promise<LeadWithAssignment[]> {
  const { theirs, othersIds } = await lockSeenAssignments(tx, principal, ids)
  if (othersIds.length > 0) throw new NotTheirsToChange()
  return theirs
}

/** The same leads: those that the caller may change, and the ids of those that they only see. */
export async function lockSeenAssignments(
  tx: Transaction,
  principal: TenantPrincipal | null,
  ids: readonly string[]
): Promise<{ theirs: LeadWithAssignment[]; othersIds: string[] }> {
  const rows = await tx.orm
    .select({
      id: leads.id,
      assignment: {
        assigneeId: leads.assigneeId,
        assignedAt: leads.assignedAt,
        firstAssignedAt: leads.firstAssignedAt,
        queueId: leads.queueId,
        homeQueueId: leads.homeQueueId
      },
      clientId: leads.clientId,
      quarantineReason: leads.quarantineReason,
      isTest: leads.isTest,
      version: leads.version,
      isTheirs: sql<boolean>`${principal ? changeableLeads(principal) : sql`true`}`
    })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...ids]),
        principal ? visibleLeads(principal) : undefined
      )
    )
    .orderBy(asc(leads.id))
    .for('no key update', { of: leads })
  return {
    theirs: rows
      .filter(({ isTheirs }) => isTheirs)
      .map(({ assignment, isTheirs: _, ...lead }) => ({
        ...lead,
        assignment: asRecorded(assignment)
      })),
    othersIds: rows.filter(({ isTheirs }) => !isTheirs).map(({ id }) => id)
  }
}

/** Times as an operation records them. */
function asRecorded<Assignment extends { assignedAt: Date | null; firstAssignedAt: Date | null }>(
  assignment: Assignment
) {
  const { assignedAt, firstAssignedAt } = assignment
  return {
    ...assignment,
    assignedAt: assignedAt?.toISOString() ?? null,
    firstAssignedAt: firstAssignedAt?.toISOString() ?? null
  }
}

/** Whether a user who is to get these leads could work on all of them. */
export async function areOpenTo(
  tx: Transaction,
  user: UserPrincipal,
  ids: readonly string[]
): Promise<boolean> {
  return (await findClosedTo(tx, user, ids)).size === 0
}

/** The ids of those of these leads that a user could not work on. */
export async function findClosedTo(
  tx: Transaction,
  user: UserPrincipal,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  const isOpen = openToThem(user)
  if (!isOpen || ids.length === 0) return new Set()
  const closed = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...ids]),
        sql`(${isOpen}) is not true`
      )
    )
  return new Set(closed.map(({ id }) => id))
}

/** The ids of those of these leads that wait in no queue: they have a client, or are closed. */
export async function findWithoutQueue(
  tx: Transaction,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(
      and(
        eq(leads.dealerId, tx.dealerId),
        inArray(leads.id, [...ids]),
        sql`not ${isOpenToQueues(tx.dealerId)}`
      )
    )
  return new Set(rows.map(({ id }) => id))
}

/** Gives locked leads to one user, or puts them into one queue: one statement, however many. */
export async function updateAssignments(
  tx: Transaction,
  ids: readonly string[],
  to: { assigneeId: string | null; queueId: string | null },
  now: Date
): Promise<void> {
  await tx.orm
    .update(leads)
    .set({
      ...to,
      ...assignmentColumns(to, now),
      version: sql`${leads.version} + 1`,
      updatedAt: now
    })
    .where(and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids])))
}

const RESTORE = statement(
  'restore-lead-assignments',
  { assignments: 'jsonb', now: 'timestamptz' },
  `update leads l set assignee_id = b."assigneeId", assigned_at = b."assignedAt",
     first_assigned_at = b."firstAssignedAt", queue_id = b."queueId",
     home_queue_id = b."homeQueueId", version = l.version + 1, updated_at = :now
   from jsonb_to_recordset(:assignments) as b(id uuid, "assigneeId" uuid, "assignedAt" timestamptz,
     "firstAssignedAt" timestamptz, "queueId" uuid, "homeQueueId" uuid)
   where l.dealer_id = :dealerId and l.id = b.id`
)

/** Puts locked leads back where they were, with the times of then. */
export async function restoreLeadAssignments(
  tx: Transaction,
  before: readonly { id: string; assignment: LeadAssignment }[],
  now: Date
): Promise<void> {
  await tx.run(RESTORE, {
    assignments: before.map(({ id, assignment }) => ({ id, ...assignment })),
    now
  })
}
