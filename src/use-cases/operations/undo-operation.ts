import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { mayUndo } from '../../domain/operations/operation.ts'
import type { Operation, UndoObstacle } from '../../domain/operations/operation.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { findOperation, markUndoing, markUndone } from '../../repositories/operations/operations.ts'
import { resumeClock } from '../clock/steps/keep-clock.ts'
import { undoImport } from '../imports/steps/undo-import.ts'
import { undoSale } from '../sales/steps/undo-sale.ts'
import { undoStatuses } from './steps/undo-statuses.ts'
import { undoAssignment } from './steps/undo-assignment.ts'
import { undoClientOperation } from './steps/undo-client-operation.ts'
import { undoMerge } from '../clients/steps/undo-merge.ts'

export type UndoRefusal =
  | { refusal: 'unknown-operation' | 'not-theirs' | 'undone-before' | 'being-undone' }
  | ({ refusal: 'changed-since' } & Changes)

interface Changes {
  changes: UndoObstacle[]
  leadIds?: string[]
  clientIds?: string[]
}

/** Operations that are work on one lead. */
const WORK = new Set<Operation['kind']>(['link', 'conversion', 'move', 'unlink', 'sale'])

/**
 * Takes an operation back: the lead stands where it stood, what was made is removed, what was taken
 * along is returned. Refused where any of it was changed since, for then it would undo that too. An
 * import is only begun to be undone here: a worker goes through its rows.
 */
export async function undoOperation(
  db: Database,
  call: {
    principal: TenantPrincipal
    actor: Actor
    operationId: string
    now: Date
    mailDomain: string
  }
): Promise<Operation | UndoRefusal> {
  const { principal, operationId, now } = call
  return await db.transaction(principal.dealerId, async (tx) => {
    const operation = await findOperation(tx, principal, operationId, 'update')
    if (!operation) return { refusal: 'unknown-operation' }
    if (!mayUndo(principal, operation)) return { refusal: 'not-theirs' }
    if (operation.state === 'undone') return { refusal: 'undone-before' }
    if (operation.state === 'undoing') return { refusal: 'being-undone' }
    const refusal = await takeBack(tx, call, operation)
    if (refusal) return { refusal: 'changed-since', ...refusal }
    if (operation.kind === 'import') {
      await markUndoing(tx, operationId)
      return { ...operation, state: 'undoing' }
    }
    await markUndone(tx, operationId, now)
    // What was undone is no response.
    if (operation.leadId !== null && WORK.has(operation.kind)) {
      await resumeClock(tx, operation.leadId)
    }
    return { ...operation, state: 'undone', undoneAt: now }
  })
}

/** Returns what was changed since, or null: it is undone. */
async function takeBack(
  tx: Transaction,
  call: { principal: TenantPrincipal; actor: Actor; now: Date; mailDomain: string },
  operation: Operation
): Promise<Changes | null> {
  switch (operation.kind) {
    case 'assignment':
      return await undoAssignment(tx, call, operation)
    case 'status':
      return await undoStatuses(tx, call, operation)
    case 'sale':
      return await undoSale(tx, call, operation)
    case 'merge':
      return await undoMerge(tx, call, operation)
    case 'import':
      return await undoImport(tx, call, operation)
    case 'link':
    case 'conversion':
    case 'unlink':
    case 'move':
      return await undoClientOperation(tx, call, operation)
  }
}
