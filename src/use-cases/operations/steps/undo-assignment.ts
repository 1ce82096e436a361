import type { Transaction } from '../../../database/client.ts'
import type { AssignmentOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { checkReassigned, returnAssignments } from './return-assignments.ts'

/**
 * Returns many leads to their earlier assignees and queues. Returns what was changed since, and of
 * which leads, or null if it is undone.
 */
export async function undoAssignment(
  tx: Transaction,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string },
  { id: operationId, kind, recorded }: AssignmentOperation
): Promise<{ changes: UndoObstacle[]; leadIds: string[] } | null> {
  const { found, changes, leadIds } = await checkReassigned(tx, recorded, recorded.states)
  if (changes.length > 0) return { changes, leadIds }
  const subject = { type: 'operation' as const, id: operationId }
  const data = { kind, leads: recorded.leads.length }
  const events = [{ type: 'operation.undone' as const, subject, data }]
  await returnAssignments(tx, recorded, found, { actor, now, mailDomain, operationId, events })
  return null
}
