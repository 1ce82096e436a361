import type { Transaction } from '../../../database/client.ts'
import type { SaleOperation } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { Reward, RewardProgramme } from '../../../domain/sales/reward.ts'
import { saleContent } from '../../../domain/sales/sale-content.ts'
import { newId } from '../../../ids.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { insertOperations } from '../../../repositories/operations/operations.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findActiveProgramme } from '../../../repositories/sales/reward-programmes.ts'
import { findSoldLeads } from '../../../repositories/sales/sale-facts.ts'
import type { SoldLead } from '../../../repositories/sales/sale-facts.ts'
import { holdFirstOpenStatus } from '../../../repositories/sales/sale-statuses.ts'
import { insertSales } from '../../../repositories/sales/sales.ts'
import type { NewSale } from '../../../repositories/sales/sales.ts'
import { beginRewards } from './advance-rewards.ts'

/** Locked leads that were just given a status. */
interface EnteredStatus {
  leadIds: readonly string[]
  /** The status they came from, all of them. */
  from: { id: string; group: StatusGroup }
  toGroup: StatusGroup
  actor: Actor
  now: Date
}

/**
 * Records a sale for each lead that entered group `sold` for the first time, in the transaction in
 * which it did, with its reward where a promoter brought it. Every way into a status ends here; it
 * costs the same few statements for one lead or a thousand, and none where nothing was sold.
 */
export async function recordSales(tx: Transaction, entered: EnteredStatus): Promise<void> {
  const { leadIds, from, toGroup, actor, now } = entered
  if (toGroup !== 'sold' || from.group === 'sold') return
  const leads = await findSoldLeads(tx, leadIds)
  if (leads.length === 0) return
  const status = await holdFirstOpenStatus(tx)
  const percent = (await findDealer(tx))?.settings.referralCreditPercent ?? 0
  const given = { statusId: status.id, percent, now }
  const found = leads.map((lead) => ({ lead, sale: saleOf(lead, given) }))
  // A lead is locked while its status changes, so it gets no second sale meanwhile. The unique index
  // enforces this.
  const inserted = await insertSales(
    tx,
    found.map(({ sale }) => sale)
  )
  const recorded = found.filter(({ lead }) => inserted.has(lead.id))
  if (recorded.length === 0) return
  await insertOperations(
    tx,
    recorded.map(({ lead, sale }) => operationOf(sale, lead.version, { from, actor }))
  )
  await recordEvents(
    tx,
    actor,
    now,
    recorded.map(({ sale: { id, leadId, clientId, operationId, ...credited } }) => ({
      type: 'sale.recorded',
      subject: { type: 'sale', id },
      leadId,
      clientId,
      data: {
        operationId,
        userId: credited.userId,
        promoterId: credited.promoterId,
        referralUserId: credited.referralUserId
      }
    }))
  )
  await rewardPromoters(
    tx,
    recorded.map(({ sale }) => sale),
    { actor, now }
  )
}

function saleOf(
  lead: SoldLead,
  { statusId, percent, now }: { statusId: string; percent: number; now: Date }
): NewSale {
  const { id: leadId, clientId, sourceId, assigneeId, referralLinkId, referralUserId } = lead
  return {
    id: newId(),
    leadId,
    clientId,
    ...saleContent(lead),
    statusId,
    sourceId,
    userId: assigneeId,
    referralLinkId,
    referralUserId,
    referralPercent: referralUserId === null ? null : percent,
    operationId: newId(),
    soldAt: now,
    undoneAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
}

function operationOf(
  sale: NewSale,
  versionAfter: number,
  { from, actor }: Pick<EnteredStatus, 'from' | 'actor'>
): SaleOperation {
  const { id, leadId, operationId, version, soldAt } = sale
  return {
    id: operationId,
    kind: 'sale',
    state: 'done',
    leadId,
    actor,
    recorded: {
      lead: { id: leadId, before: { statusId: from.id }, versionAfter },
      sale: { id, version }
    },
    undoneAt: null,
    createdAt: soldAt
  }
}

/** One reward for each sale to a promoter's credit, by the programme of this moment, if there is one. */
async function rewardPromoters(
  tx: Transaction,
  sales: readonly NewSale[],
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  if (sales.every(({ promoterId }) => promoterId === null)) return
  const programme = await findActiveProgramme(tx)
  if (!programme) return
  const rewards = sales.flatMap(({ id, promoterId }) =>
    promoterId === null ? [] : [rewardOf({ saleId: id, promoterId }, programme, now)]
  )
  await beginRewards(tx, rewards, { actor, now })
}

function rewardOf(
  of: { saleId: string; promoterId: string },
  { id: programmeId, pointsPerSale, eligibleWhen }: RewardProgramme,
  now: Date
): Reward {
  return {
    id: newId(),
    ...of,
    programmeId,
    points: pointsPerSale,
    eligibleWhen,
    state: 'pending',
    paymentReference: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
}
