import type { Transaction } from '../../../database/client.ts'
import type { SaleOperation } from '../../../domain/operations/operation.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { Sale } from '../../../domain/sales/sale.ts'
import type { Reward, RewardProgramme } from '../../../domain/sales/reward.ts'
import { saleContent } from '../../../domain/sales/sale-content.ts'
import { newId } from '../../../ids.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { insertOperations } from '../../../repositories/operations/operations.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { lockRewardsOfSales } from '../../../repositories/sales/rewards.ts'
import { findOpenAmong } from '../../../repositories/clients/open-opportunities.ts'
import { findActiveProgramme } from '../../../repositories/sales/reward-programmes.ts'
import { findSoldLeads } from '../../../repositories/sales/sale-facts.ts'
import type { SoldLead } from '../../../repositories/sales/sale-facts.ts'
import { holdFirstStatus } from '../../../repositories/sales/sale-statuses.ts'
import { insertSales, lockSalesOfLeads, renewSale } from '../../../repositories/sales/sales.ts'
import type { NewSale } from '../../../repositories/sales/sales.ts'
import { advanceRewards, beginRewards } from './advance-rewards.ts'
import { cancelSales } from './cancel-sales.ts'

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
 * Records a sale for each lead that entered group `sold`, in the transaction in which it did, with its
 * reward where a promoter brought it; those of leads that are sold no more are cancelled. Every way
 * into a status ends here; it costs the same few statements for one lead or a thousand.
 */
export async function recordSales(tx: Transaction, entered: EnteredStatus): Promise<void> {
  const { leadIds, from, toGroup, actor, now } = entered
  if (from.group !== 'sold' && toGroup === 'sold') await sellLeads(tx, entered)
  if (endsSales(from.group, toGroup)) await cancelSales(tx, leadIds, { actor, now })
}

/** Whether a move cancels the sale of a lead that has one. */
export function endsSales(from: StatusGroup, to: StatusGroup): boolean {
  return to !== 'sold' && (from === 'sold' || !isOpenGroup(to))
}

/** Records a sale for each of these leads that has none: a cancelled one counts again, as a new one. */
export async function sellLeads(
  tx: Transaction,
  { leadIds, from, actor, now }: Omit<EnteredStatus, 'toGroup'>
): Promise<void> {
  const leads = await findSoldLeads(tx, leadIds)
  if (leads.length === 0) return
  const status = await holdFirstStatus(tx, 'open')
  if (!status) throw new Error('a dealer has no sale status of group open')
  const percent = (await findDealer(tx))?.settings.referralCreditPercent ?? 0
  const given = { statusId: status.id, percent, now }
  const found = leads.map((lead) => ({ lead, sale: saleOf(lead, given) }))
  // A lead is locked while its status changes, so it gets no second sale meanwhile. The unique index
  // enforces this.
  const cancelled = new Map(
    (await lockSalesOfLeads(tx, leadIds)).map((sale) => [sale.leadId, sale])
  )
  const openIds = await findOpenAmong(
    tx,
    [...cancelled.values()].flatMap(({ opportunityId }) => opportunityId ?? [])
  )
  const renewed = found.flatMap(({ lead, sale }) => {
    const before = cancelled.get(lead.id)
    return before ? [{ lead, before, sale: renew(before, sale, openIds) }] : []
  })
  for (const { sale } of renewed) await renewSale(tx, sale)
  const inserted = await insertSales(
    tx,
    found.flatMap(({ lead, sale }) => (cancelled.has(lead.id) ? [] : [sale]))
  )
  const recorded = [...found.filter(({ lead }) => inserted.has(lead.id)), ...renewed]
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
  const rewards = await lockRewardsOfSales(
    tx,
    renewed.map(({ sale }) => sale.id)
  )
  await advanceRewards(tx, rewards, { happening: 'sale-open', actor, now })
  await rewardPromoters(
    tx,
    recorded
      .map(({ sale }) => sale)
      .filter(({ id }) => !rewards.some(({ saleId }) => saleId === id)),
    { actor, now }
  )
}

/**
 * A cancelled sale as the lead is sold again: it keeps its id, and its deal with what it sold while that is
 * open; all else is of now.
 */
function renew(before: Sale, sale: NewSale, openIds: ReadonlySet<string>): NewSale {
  const { id, version, createdAt, opportunityId, amount, vehicle } = before
  const isKept = opportunityId !== null && openIds.has(opportunityId)
  const deal = isKept ? { opportunityId, amount, vehicle } : {}
  return { ...sale, ...deal, id, version: version + 1, createdAt }
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
