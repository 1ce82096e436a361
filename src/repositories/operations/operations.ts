import { and, eq, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { operations } from '../../database/schema.ts'
import type { Operation, WonOpportunity } from '../../domain/operations/operation.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { recordsOf } from '../../domain/operations/operation-records.ts'
import { actorColumns, withActor } from '../actors.ts'
import { findLeftStates } from './left-states.ts'
import { ofVisibleLead } from '../visible-records.ts'
import { isRecord } from '../filters.ts'

/** Writes an operation, with the states in which it leaves its records: they have changed before. */
export async function insertOperation(tx: Transaction, operation: Operation): Promise<void> {
  await insertOperations(tx, [operation])
}

/** The same of many. */
export async function insertOperations(tx: Transaction, all: readonly Operation[]): Promise<void> {
  const left = await findLeftStates(tx, all)
  await tx.orm.insert(operations).values(
    all.map((operation) => {
      const { actor, recorded, ...columns } = operation
      const ids = Object.values(recordsOf(operation)).flat()
      const states = Object.fromEntries(
        ids.flatMap((id) => (left[id] === undefined ? [] : [[id, left[id]]]))
      )
      return {
        dealerId: tx.dealerId,
        ...columns,
        recorded: { ...recorded, states },
        ...actorColumns(actor)
      }
    })
  )
}

/** The operation, or null where this caller does not see it. */
export async function findOperation(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string,
  lock?: Lock
): Promise<Operation | null> {
  const query = tx.orm
    .select()
    .from(operations)
    .where(visibleOperation(tx, principal, id))
  const [row] = await lockedIf(query, lock, operations)
  return row ? toOperation(row) : null
}

/** Marks a locked operation as undone. */
export async function markUndone(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.orm
    .update(operations)
    .set({ state: 'undone', undoneAt: now })
    .where(isRecord(tx, operations, id))
}

/**
 * The operations on a locked lead that left it in a version, to which it has returned under a later one.
 */
export async function renewLeadVersion(
  tx: Transaction,
  leadId: string,
  { from, to }: { from: number; to: number }
): Promise<void> {
  const versionAfter = sql`${operations.recorded} #>> '{lead,versionAfter}'`
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(${operations.recorded}, '{lead,versionAfter}', to_jsonb(${to}::int))`
    })
    .where(
      and(
        eq(operations.dealerId, tx.dealerId),
        eq(operations.leadId, leadId),
        eq(operations.state, 'done'),
        sql`${versionAfter} = ${String(from)}`
      )
    )
}

/** The opportunity of a locked lead that a sale won, for the undo of the sale. */
export async function recordWonOpportunity(
  tx: Transaction,
  { leadId, operationId }: { leadId: string; operationId: string },
  won: WonOpportunity
): Promise<void> {
  await tx.orm
    .update(operations)
    .set({
      recorded: sql`jsonb_set(${operations.recorded}, '{opportunity}', ${JSON.stringify(won)}::jsonb)`
    })
    .where(and(isRecord(tx, operations, operationId), eq(operations.leadId, leadId)))
}

/**
 * The conversions of a locked lead that made or filled an opportunity and left it in a version, to which
 * it has returned under a later one.
 */
export async function renewOpportunityVersion(
  tx: Transaction,
  { leadId, opportunityId }: { leadId: string; opportunityId: string },
  { from, to }: { from: number; to: number }
): Promise<void> {
  for (const [member, version] of [
    ['createdOpportunity', 'version'],
    ['filledOpportunity', 'versionAfter']
  ] as const) {
    const path = `{${member},${version}}`
    await tx.orm
      .update(operations)
      .set({
        recorded: sql`jsonb_set(${operations.recorded}, ${path}::text[], to_jsonb(${to}::int))`
      })
      .where(
        and(
          eq(operations.dealerId, tx.dealerId),
          eq(operations.leadId, leadId),
          eq(operations.state, 'done'),
          sql`${operations.recorded} #>> ${`{${member},id}`}::text[] = ${opportunityId}`,
          sql`${operations.recorded} #>> ${path}::text[] = ${String(from)}`
        )
      )
  }
}

/** Marks a locked operation as being undone: a worker does the rest. */
export async function markUndoing(tx: Transaction, id: string): Promise<void> {
  await tx.orm
    .update(operations)
    .set({ state: 'undoing' })
    .where(isRecord(tx, operations, id))
}

/** An operation is seen by who sees its lead, who did it, and whose client its lead got. */
function visibleOperation(
  tx: Transaction,
  principal: TenantPrincipal,
  id: string
): SQL | undefined {
  const ofLead = ofVisibleLead(tx, operations, principal)
  const isTheirs = and(
    eq(operations.actorType, principal.kind),
    eq(operations.actorId, principal.id)
  )
  const gaveToThem = sql`${operations.recorded} ->> 'responsibleUserId' = ${principal.id}`
  return and(
    isRecord(tx, operations, id),
    seesAll(principal) ? undefined : or(ofLead, isTheirs, gaveToThem)
  )
}

/** The record of an operation depends on its kind: both are written together. */
function toOperation(row: typeof operations.$inferSelect): Operation {
  return withActor(row) as Operation
}
