import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { SaleOperation, UndoObstacle } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { obstacleToMove } from '../../../domain/leads/status.ts'
import type { Status } from '../../../domain/leads/status.ts'
import type { Reward } from '../../../domain/sales/reward.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { leadStatuses } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLeadSnapshot, lockLead } from '../../../repositories/leads/leads.ts'
import { renewLeadVersion } from '../../../repositories/operations/operations.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { lockSaleById, updateSale } from '../../../repositories/sales/sales.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'
import { advanceRewards } from './advance-rewards.ts'

/** The reason that the lead's history gives. */
const CODE: EventCode = 'sale_undone'

/** The records to put back, locked, as the sale left them. */
interface Standing {
  lead: Lead
  status: Status
  rewards: Reward[]
}

/**
 * Undoes a wrong sale: the lead returns to the status it came from, the reward is cancelled, and the
 * lead may be sold again. Returns what was changed since, or null if it is undone. Later changes of
 * the sale and approved rewards block the undo.
 */
export async function undoSale(
  tx: Transaction,
  { principal, actor, now }: { principal: TenantPrincipal; actor: Actor; now: Date },
  operation: SaleOperation
): Promise<{ changes: UndoObstacle[] } | null> {
  const found = await findStanding(tx, principal, operation)
  if (!('lead' in found)) return found
  const { lead, status, rewards } = found
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
  await moveLeadToStatus(tx, { lead, status, change: { actor, reason: null, code: CODE, now } })
  const after = await findLeadSnapshot(tx, lead.id)
  if (!after) throw new Error('a locked lead is gone')
  // The lead is as it was before the sale: what was done to it then can be undone again.
  const versions = { from: operation.recorded.lead.versionAfter - 1, to: after.version }
  await renewLeadVersion(tx, lead.id, versions)
  return null
}

/** Locks what the sale touched (lead, sale, reward, in this order) and compares. */
async function findStanding(
  tx: Transaction,
  principal: TenantPrincipal,
  { recorded }: SaleOperation
): Promise<Standing | { changes: UndoObstacle[] }> {
  // The status before the lead, as moves take them.
  const status = await leadStatuses.lock(tx, recorded.lead.before.statusId, 'target')
  const lead = await lockLead(tx, principal, recorded.lead.id)
  const snapshot = lead && (await findLeadSnapshot(tx, lead.id))
  const sale = await lockSaleById(tx, recorded.sale.id)
  const rewards = await lockRewardsOfSales(tx, [recorded.sale.id])
  const changes: UndoObstacle[] = []
  if (snapshot?.version !== recorded.lead.versionAfter) changes.push('lead')
  if (!status || (lead && !isWayBack(lead, status))) changes.push('status')
  if (sale?.version !== recorded.sale.version) changes.push('sale')
  if (rewards.some(({ state }) => state === 'approved' || state === 'paid')) changes.push('reward')
  return lead && status && changes.length === 0 ? { lead, status, rewards } : { changes }
}

/** A status may have changed its meaning since: to one that is `sold` too, or closed to this lead. */
function isWayBack({ status: { group }, client, quarantineReason }: Lead, to: Status): boolean {
  const lead = { group, hasClient: client !== null, isQuarantined: quarantineReason !== null }
  return to.group !== 'sold' && obstacleToMove(lead, { to: to.group, reason: CODE }) === null
}
