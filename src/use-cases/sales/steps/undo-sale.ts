import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import { isAsLeft } from '../../../domain/operations/left-states.ts'
import { isTheirsToUndo } from '../../../domain/operations/operation.ts'
import type { SaleOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { Reward } from '../../../domain/sales/reward.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { leadStatuses } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findLeadById,
  findLeadSnapshot,
  lockLead,
  lockLeadById
} from '../../../repositories/leads/leads.ts'
import { lockOpportunityById } from '../../../repositories/clients/opportunities.ts'
import { renewLeadVersion } from '../../../repositories/operations/operations.ts'
import { findState } from '../../../repositories/operations/left-states.ts'
import { leaveSold } from '../../../repositories/operations/sale-operations.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { lockSaleById, updateSale } from '../../../repositories/sales/sales.ts'
import { lockLeadAssignments } from '../../../repositories/leads/lead-assignments.ts'
import { returnAssignments } from '../../operations/steps/return-assignments.ts'
import { tellOfSale } from '../../notifications/steps/tell-of-sales.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'
import { advanceRewards } from './advance-rewards.ts'
import { putOpportunityBack } from './free-opportunity.ts'
import { findWayBack } from './way-back.ts'
import type { StatusOfGroup } from './way-back.ts'

/** The reason that the lead's history gives. */
const CODE: EventCode = 'sale_undone'

/** The records to put back, locked, as the sale left them. */
interface Standing {
  lead: Lead
  status: StatusOfGroup
  rewards: Reward[]
  /** The one that the sale won, if it is still won. */
  opportunity: Opportunity | null
}

/**
 * Undoes a wrong sale: the lead returns to the status it came from, the opportunity that it won to its
 * stage, the reward is cancelled, and the lead may be sold again. Returns what was changed since, or null if it is undone. Later changes of
 * the lead and approved rewards block the undo; changes of the sale itself go with it.
 */
export async function undoSale(
  tx: Transaction,
  {
    principal,
    actor,
    now,
    mailDomain
  }: { principal: TenantPrincipal; actor: Actor; now: Date; mailDomain: string },
  operation: SaleOperation
): Promise<{ changes: UndoObstacle[] } | null> {
  const found = await findStanding(tx, principal, operation)
  if (!('lead' in found)) return found
  const { lead, status, rewards, opportunity } = found
  const saleId = operation.recorded.sale.id
  await updateSale(tx, saleId, { undoneAt: now }, now)
  const about = { leadId: lead.id, clientId: lead.client?.id ?? null }
  const data = { operationId: operation.id }
  await recordEvents(tx, actor, now, [
    { type: 'sale.undone', subject: { type: 'sale', id: saleId }, ...about, data },
    {
      type: 'operation.undone',
      subject: { type: 'operation', id: operation.id },
      ...about,
      data: { kind: operation.kind, saleId }
    }
  ])
  await advanceRewards(tx, rewards, { happening: 'sale-undone', actor, now })
  const change = { actor, reason: null, code: CODE, now, mailDomain }
  await moveLeadToStatus(tx, { lead, status, change })
  await returnToQueue(tx, operation, change)
  const won = operation.recorded.opportunity
  if (opportunity && won) {
    const sale = { leadId: lead.id, operationId: operation.id, lostBy: null }
    await putOpportunityBack(tx, { actor, now }, sale, { opportunity, won })
  }
  const after = await findLeadSnapshot(tx, lead.id)
  if (!after) throw new Error('a locked lead is gone')
  await tellOfSale(tx, { leadId: lead.id, state: 'cancelled' }, { actor, now, mailDomain })
  await renewOthers(tx, found, { recorded: operation.recorded, to: after.version })
  return null
}

/** A lead that its seller took up waits again where it did, unless it got a client since. */
async function returnToQueue(
  tx: Transaction,
  { id: operationId, recorded }: SaleOperation,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  const { lead, waited } = recorded
  if (!waited || lead.hasNewClient === true) return
  const leads = [{ id: lead.id, before: waited, versionAfter: lead.versionAfter }]
  const found = await lockLeadAssignments(tx, null, [lead.id])
  const byId = new Map(found.map((one) => [one.id, one]))
  await returnAssignments(tx, { leads }, byId, { actor, now, mailDomain, operationId })
}

/**
 * The lead is as it was before the sale, or only has another client: what was done to it then, or gave
 * it the client, can be undone again.
 */
async function renewOthers(
  tx: Transaction,
  { lead, status }: Standing,
  { recorded, to }: { recorded: SaleOperation['recorded']; to: number }
): Promise<void> {
  const { lead: left, waited } = recorded
  const { versionAfter, hasNewClient = false } = left
  // The sale changed the status, and before that the assignee, where it had none.
  const before = versionAfter - (waited ? 2 : 1)
  await renewLeadVersion(tx, lead.id, { from: hasNewClient ? versionAfter : before, to })
  if (!hasNewClient) return
  const statusIds = { sold: lead.status.id, before: left.before.statusId, withClient: status.id }
  await leaveSold(tx, lead.id, statusIds)
}

/** Locks what the sale touched (lead, opportunity, sale, reward, in this order) and compares. */
async function findStanding(
  tx: Transaction,
  principal: TenantPrincipal,
  operation: SaleOperation
): Promise<Standing | { changes: UndoObstacle[] }> {
  const { id, recorded } = operation
  // The status before the lead, as moves take them.
  const earlier = await leadStatuses.lock(tx, recorded.lead.before.statusId, 'target')
  // Users take their own back, also where the lead is another user's.
  const isOwn = isTheirsToUndo(principal, operation)
  if (isOwn) await lockLeadById(tx, recorded.lead.id)
  const lead = isOwn
    ? await findLeadById(tx, recorded.lead.id)
    : await lockLead(tx, principal, recorded.lead.id)
  const status = lead && (await findWayBack(tx, lead, { earlier, recorded: recorded.lead }))
  const state = lead && (await findState(tx, 'leads', lead.id))
  const { opportunity: named } = recorded
  const won = named ? await lockOpportunityById(tx, named.id) : null
  const sale = await lockSaleById(tx, recorded.sale.id)
  const rewards = await lockRewardsOfSales(tx, [recorded.sale.id])
  const changes: UndoObstacle[] = []
  const left = { id: recorded.lead.id, version: recorded.lead.versionAfter }
  if (!isAsLeft(state, left, recorded.states)) changes.push('lead')
  if (!status) changes.push('status')
  // What a person changed in the sale itself is no obstacle: the sale goes, with its changes.
  if (sale?.operationId !== id) changes.push('sale')
  if (rewards.some(({ state }) => state === 'approved' || state === 'paid')) changes.push('reward')
  if (!lead || !status || changes.length > 0) return { changes }
  const opportunity = won?.stage === 'won' ? won : null
  return { lead, status, rewards, opportunity }
}
