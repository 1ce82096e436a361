import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Fault, Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { lockLeadAssignments } from '../../repositories/leads/lead-assignments.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'
import { assign, holdTarget, refuseClosed } from './steps/assign.ts'
import type { LeadTarget } from './steps/assign.ts'

interface AssignLeads extends Command {
  /** Distinct ids. */
  leadIds: readonly string[]
  to: LeadTarget
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** The ids of the leads that changed, and of the leads that were there already. */
interface AssignedLeads {
  /** Null when no lead changed. */
  operationId: string | null
  changed: string[]
  unchanged: string[]
}

/** Assigns many leads to a user or a queue: all or none. One operation undoes it. */
export async function assignLeads(
  db: Database,
  command: AssignLeads
): Promise<AssignedLeads | Refusal> {
  const { principal, leadIds, mailDomain, now } = command
  const actor = actorOf(principal)
  return await write(db, command, async (tx) => {
    const found = await lockLeadAssignments(tx, principal, leadIds)
    const known = new Set(found.map(({ id }) => id))
    const unknown = leadIds.flatMap((id, index): Fault[] =>
      known.has(id) ? [] : [{ pointer: `/leadIds/${index}`, fault: 'unknown-lead' }]
    )
    const to = await holdTarget(tx, command.to)
    if (isRefusal(to)) return { refusal: 'invalid', faults: [...unknown, ...to.faults] }
    if (unknown.length > 0) return { refusal: 'invalid', faults: unknown }
    const refused = await refuseClosed(tx, found, to)
    if (refused) return refused

    const operationId = newId()
    const { moved, followUps } = await assign(tx, found, {
      to,
      actor,
      now,
      mailDomain,
      eventData: { operationId }
    })
    const ids = new Set(moved.map(({ id }) => id))
    const changed = leadIds.filter((id) => ids.has(id))
    const unchanged = leadIds.filter((id) => !ids.has(id))
    if (moved.length === 0) return { operationId: null, changed, unchanged }
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
    return { operationId, changed, unchanged }
  })
}
