import type { Database, Transaction } from '../../database/client.ts'
import { NotTheirsToChange } from '../../domain/access/not-theirs.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { obstacleToMove } from '../../domain/leads/status.ts'
import type { Status } from '../../domain/leads/status.ts'
import type { LeadAssignment, StatusOperation } from '../../domain/operations/operation.ts'
import { invalid, isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { leadStatuses } from '../../repositories/dealers/status-records.ts'
import { lockLeadAssignments } from '../../repositories/leads/lead-assignments.ts'
import { findLeadSnapshot, lockLead } from '../../repositories/leads/leads.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { findSaleOfLead } from '../../repositories/sales/sales.ts'
import { withdrawRequestsOfClosed } from '../clients/steps/end-link-requests.ts'
import type { Command } from '../command.ts'
import { endsSales } from '../sales/steps/record-sales.ts'
import { write } from '../write.ts'
import type { BulkResult, BulkResults } from './steps/bulk-results.ts'
import { correctStatusReason, givesReason } from './steps/correct-status-reason.ts'
import { moveLeadToStatus } from './steps/move-lead.ts'
import { ANY_REASON, settleStatusReason } from './steps/settle-status-reason.ts'
import type { GivenReason, MoveReason } from './steps/settle-status-reason.ts'

interface MoveLeads extends Command, GivenReason {
  /** Distinct ids. */
  leadIds: readonly string[]
  statusId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
}

type RecordedMove = StatusOperation['recorded']['leads'][number]

/** What an undo of one move needs. */
interface MovedOne {
  move: RecordedMove
  /** Whose the lead was, where it went to the responsible user of its client. */
  had: LeadAssignment | null
}

/**
 * Moves many leads to a status, each that may go there; the others stay, and it is said why. One
 * operation undoes it. Sales have data of their own, and an undo of their own: so no move here records or
 * cancels one.
 */
export async function moveLeads(db: Database, command: MoveLeads): Promise<BulkResults | Refusal> {
  const { principal, leadIds, statusId, now } = command
  return await write(db, command, async (tx) => {
    const status = await leadStatuses.lock(tx, statusId, 'target')
    if (!status) return invalid('/statusId', 'unknown-status')
    if (status.group === 'sold') return invalid('/statusId', 'sold-one-by-one')
    const reason = await settleStatusReason(tx, status.group, command)
    const results = new Map<string, BulkResult>()
    const moved: MovedOne[] = []
    // In the order of ids, in which others lock several leads.
    for (const leadId of leadIds.toSorted()) {
      const one = await moveOne(tx, command, { leadId, status, reason })
      if (one instanceof NotTheirsToChange || isRefusal(one)) {
        results.set(leadId, { leadId, outcome: 'refused', refusal: one })
      } else {
        results.set(leadId, { leadId, outcome: one === null ? 'unchanged' : 'changed' })
        if (one !== null) moved.push(one)
      }
    }
    const operationId = moved.length === 0 ? null : newId()
    if (operationId !== null) {
      await insertOperation(tx, {
        id: operationId,
        kind: 'status',
        state: 'done',
        leadId: null,
        actor: actorOf(principal),
        recorded: recordedOf(moved),
        undoneAt: null,
        createdAt: now
      })
    }
    return { operationId, results: leadIds.flatMap((id) => results.get(id) ?? []) }
  })
}

function recordedOf(moved: readonly MovedOne[]): StatusOperation['recorded'] {
  const given = moved.flatMap(({ move: { id, versionAfter }, had }) =>
    had === null ? [] : [{ id, before: had, versionAfter }]
  )
  return {
    leads: moved.map(({ move }) => move),
    handedOver: given.length > 0 ? { leads: given } : null
  }
}

/** What an undo needs; null: the lead has the status and its reason already. */
async function moveOne(
  tx: Transaction,
  { principal, now, mailDomain, ...given }: MoveLeads,
  { leadId, status, reason }: { leadId: string; status: Status; reason: MoveReason | Refusal }
): Promise<MovedOne | Refusal | NotTheirsToChange | null> {
  const lead = await lockIfTheirs(tx, principal, leadId)
  if (!lead) return notFound('lead')
  if (lead instanceof NotTheirsToChange) return lead
  const isThere = lead.status.id === status.id
  if (isThere && !givesReason(lead, given)) return null
  const obstacle = obstacleToMove(
    {
      group: lead.status.group,
      hasClient: lead.client !== null,
      isQuarantined: lead.quarantineReason !== null
    },
    { to: status.group, reason: ANY_REASON }
  )
  if (obstacle !== null) return { refusal: obstacle }
  if (!isThere && (await hasSaleToEnd(tx, lead, status))) return { refusal: 'sold-lead-one-by-one' }
  if (isRefusal(reason)) return reason
  const before = await findLeadSnapshot(tx, leadId)
  const [held] = await lockLeadAssignments(tx, null, [leadId])
  const actor = actorOf(principal)
  if (isThere) {
    if (!(await correctStatusReason(tx, lead, reason, { actor, now }))) return null
  } else {
    const change = { actor, reason: reason.text, reasonId: reason.id, now, mailDomain }
    await moveLeadToStatus(tx, { lead, status, change })
    const closed = { id: leadId, group: status.group }
    await withdrawRequestsOfClosed(tx, closed, { actor, now, mailDomain })
  }
  const after = await findLeadSnapshot(tx, leadId)
  if (!before || !after || !held) throw new Error('a locked lead is gone')
  const move = {
    id: leadId,
    before: {
      statusId: before.statusId,
      statusChangedAt: before.statusChangedAt.toISOString(),
      statusReasonId: before.statusReasonId,
      statusReasonText: before.statusReasonText,
      respondBy: before.respondBy?.toISOString() ?? null,
      clockDueAt: before.clockDueAt?.toISOString() ?? null
    },
    versionAfter: after.version
  }
  return { move, had: after.assigneeId === held.assignment.assigneeId ? null : held.assignment }
}

/** Whether a move would cancel the sale of a lead, which the undo of the move could not restore. */
async function hasSaleToEnd(tx: Transaction, { id, status: from }: Lead, to: Status) {
  if (!endsSales(from.group, to.group)) return false
  return from.group === 'sold' || (await findSaleOfLead(tx, id)) !== null
}

async function lockIfTheirs(tx: Transaction, principal: Command['principal'], leadId: string) {
  try {
    return await lockLead(tx, principal, leadId)
  } catch (error) {
    if (!(error instanceof NotTheirsToChange)) throw error
    return error
  }
}
