import type { Database } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import { newId } from '../../ids.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { lockLeadPlaces } from '../../repositories/leads/lead-places.ts'
import { giveLeads, holdTarget } from './give-leads.ts'
import type { LeadTarget, TargetRefusal } from './give-leads.ts'

export interface AssignmentOfMany {
  principal: TenantPrincipal
  actor: Actor
  /** Each once. */
  leadIds: readonly string[]
  to: LeadTarget
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** All that is wrong with such a call: positions of leads the caller does not see, and the target. */
export interface AssignmentFaults {
  unknownLeads: number[]
  target: TargetRefusal | null
}

/** Ids of leads that changed, and of those that were there already. */
export interface AssignedLeads {
  /** Null where nothing changed: there is nothing to take back. */
  operationId: string | null
  changed: string[]
  unchanged: string[]
}

/** Gives many leads to a user or a queue: all of them, or none. It can be taken back as one. */
export async function assignLeads(
  db: Database,
  assignment: AssignmentOfMany
): Promise<AssignedLeads | { faults: AssignmentFaults }> {
  const { principal, actor, leadIds, now } = assignment
  return await db.transaction(principal.dealerId, async (tx) => {
    const found = await lockLeadPlaces(tx, principal, leadIds)
    const known = new Set(found.map(({ id }) => id))
    const unknownLeads = leadIds.flatMap((id, index) => (known.has(id) ? [] : [index]))
    const to = await holdTarget(tx, assignment.to)
    if ('refusal' in to) return { faults: { unknownLeads, target: to.refusal } }
    if (unknownLeads.length > 0) return { faults: { unknownLeads, target: null } }

    const operationId = newId()
    const moved = await giveLeads(tx, found, { ...assignment, to, words: { operationId } })
    const changed = new Set(moved.map(({ id }) => id))
    const [yes, no] = [
      leadIds.filter((id) => changed.has(id)),
      leadIds.filter((id) => !changed.has(id))
    ]
    if (moved.length === 0) return { operationId: null, changed: yes, unchanged: no }
    await insertOperation(tx, {
      id: operationId,
      kind: 'assignment',
      state: 'done',
      leadId: null,
      actor,
      recorded: {
        leads: moved.map(({ id, place, version }) => ({
          id,
          before: place,
          versionAfter: version + 1
        }))
      },
      undoneAt: null,
      createdAt: now
    })
    return { operationId, changed: yes, unchanged: no }
  })
}
