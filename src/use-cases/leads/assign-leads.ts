import type { Database } from '../../database/client.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { lockSeenAssignments } from '../../repositories/leads/lead-assignments.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'
import { assign, findRefusals, holdTarget } from './steps/assign.ts'
import type { LeadTarget } from './steps/assign.ts'
import type { BulkResult, BulkResults } from './steps/bulk-results.ts'

interface AssignLeads extends Command {
  /** Distinct ids. */
  leadIds: readonly string[]
  to: LeadTarget
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Assigns many leads to a user or a queue, each that may go there; the others stay, and it is said why. One
 * operation undoes it.
 */
export async function assignLeads(
  db: Database,
  command: AssignLeads
): Promise<BulkResults | Refusal> {
  const { principal, leadIds, mailDomain, now } = command
  const actor = actorOf(principal)
  return await write(db, command, async (tx) => {
    const { theirs, othersIds } = await lockSeenAssignments(tx, principal, leadIds)
    const to = await holdTarget(tx, command.to)
    if (isRefusal(to)) return to
    const refusals = new Map<string, Refusal | NotTheirsToChange>([
      ...(await findRefusals(tx, theirs, to)),
      ...othersIds.map((id) => [id, new NotTheirsToChange()] as const)
    ])
    const operationId = newId()
    const { moved, followUps } = await assign(
      tx,
      theirs.filter(({ id }) => !refusals.has(id)),
      { to, actor, now, mailDomain, eventData: { operationId } }
    )
    const known = new Set(theirs.map(({ id }) => id))
    const changed = new Set(moved.map(({ id }) => id))
    const results = leadIds.map((leadId): BulkResult => {
      const refusal = refusals.get(leadId) ?? (known.has(leadId) ? null : notFound('lead'))
      if (refusal) return { leadId, outcome: 'refused', refusal }
      return { leadId, outcome: changed.has(leadId) ? 'changed' : 'unchanged' }
    })
    if (moved.length === 0) return { operationId: null, results }
    await insertOperation(tx, {
      id: operationId,
      kind: 'assignment',
      state: 'done',
      leadId: null,
      actor,
      recorded: {
        leads: moved.map(({ id, assignment, version }) => ({
          id,
          before: assignment,
          versionAfter: version + 1
        })),
        followUps: followUps.map(({ id, fromId, toId }) => ({ id, fromId, toId }))
      },
      undoneAt: null,
      createdAt: now
    })
    return { operationId, results }
  })
}
