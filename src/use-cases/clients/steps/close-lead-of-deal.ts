import type { Transaction } from '../../../database/client.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { lockAwaitedLead } from '../../../repositories/clock/awaited-leads.ts'
import { holdStatusOfGroup } from '../../../repositories/dealers/group-statuses.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { renewSaleVersions } from '../../../repositories/operations/sale-operations.ts'
import { recordWonOpportunity } from '../../../repositories/operations/operations.ts'
import { linkSaleToOpportunity } from '../../../repositories/sales/opportunity-sales.ts'
import { findSaleOfLead } from '../../../repositories/sales/sales.ts'
import type { Sale } from '../../../domain/sales/sale.ts'
import { withdrawRequestsOfClosed } from './end-link-requests.ts'
import type { Command } from '../../command.ts'
import { tellOfSale } from '../../notifications/steps/tell-of-sales.ts'
import { sellLeads } from '../../sales/steps/record-sales.ts'
import { keepWaited, takeUpSold } from '../../sales/steps/take-up-sold.ts'
import { refuseSoldVehicle } from '../../sales/steps/refuse-sold-vehicle.ts'
import type { Duplicates } from '../../sales/steps/refuse-sold-vehicle.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'
import { settleStatusReason } from '../../leads/steps/settle-status-reason.ts'

/** The lead of a deal that ends, and the status it gets; null: it stays in its own. */
export interface LeadOfDeal {
  lead: Lead
  status: HeldStatus | null
}

/**
 * The lead that the end of a deal moves, locked after its status and before the deal; null: it moves
 * none. A won deal sells its lead, also of another user. A lost one closes it only on request, for the person
 * may want another vehicle. Refused where the dealer has no status for it, where a lead to sell is deleted, and
 * where one to close is sold.
 */
export async function holdLeadOfDeal(
  tx: Transaction,
  deal: Pick<Opportunity, 'leadId' | 'stage'>,
  closesLead: boolean
): Promise<LeadOfDeal | Refusal | null> {
  const { leadId, stage } = deal
  const group = stage === 'won' ? 'sold' : stage === 'lost' && closesLead ? 'lost' : null
  if (leadId === null || group === null) return null
  const status = await holdStatusOfGroup(tx, group, null)
  await lockAwaitedLead(tx, leadId)
  const lead = await findLeadById(tx, leadId)
  if (!lead) return null
  const { group: present } = lead.status
  if (group === 'sold' && present === 'deleted') return { refusal: 'lead-deleted' }
  const isSold = present === 'sold'
  // The sale of another deal, or of none.
  if (group === 'lost' && isSold && (await findSaleOfLead(tx, leadId))) {
    return { refusal: 'sold-lead-stays' }
  }
  const isLeft = group === 'sold' ? !isSold : isSold || isOpenGroup(present)
  if (!isLeft) return { lead, status: null }
  return status ? { lead, status } : { refusal: `no-${group}-status` }
}

/** A deal as it ended, and how it stood before; null: it was created so. */
interface EndedDeal {
  deal: Opportunity
  before: Opportunity | null
  /** Whether nothing but its stage and reason changed. */
  onlyStage: boolean
}

/**
 * Moves the lead of a deal that ended. A sale it had or gets now is that of the deal. Refused where the
 * lead has the sale of another deal, or a new sale the vehicle of another sale.
 */
export async function closeLeadOfDeal(
  tx: Transaction,
  { principal, now, mailDomain, allowDuplicate }: Command & Duplicates & { mailDomain: string },
  { lead: found, status }: LeadOfDeal,
  ended: EndedDeal
): Promise<Refusal | null> {
  const { id, stage, amount, closeReason } = ended.deal
  const happened = { actor: actorOf(principal), now, mailDomain }
  const earlier = stage === 'won' ? await findSaleOfLead(tx, found.id) : null
  if (earlier && earlier.opportunityId !== null && earlier.opportunityId !== id) {
    return { refusal: 'lead-sold' }
  }
  const selling = { principal, now, mailDomain, pointer: '/stage' } as const
  const isSelling = stage === 'won' && earlier === null
  const taken = isSelling ? await takeUpSold(tx, found, selling) : { lead: found, waited: null }
  if (isRefusal(taken)) return taken
  const { lead } = taken
  if (status) {
    const given = { reasonId: null, reason: closeReason }
    const reason = await settleStatusReason(tx, status.group, given, '/closeReason')
    if (isRefusal(reason)) return reason
    const said = { reason: reason.text, reasonId: reason.id }
    await moveLeadToStatus(tx, {
      lead,
      status,
      change: { ...happened, ...said }
    })
    await withdrawRequestsOfClosed(tx, { id: lead.id, group: status.group }, happened)
  }
  if (stage !== 'won') return null
  if (!status && earlier === null) {
    const from = { id: lead.status.id, group: lead.status.group }
    await sellLeads(tx, { leadIds: [lead.id], from, actor: actorOf(principal), now })
  }
  await keepWaited(tx, lead.id, taken)
  const isNew = earlier === null
  if (isNew) await tellOfSale(tx, { leadId: lead.id, state: 'recorded' }, happened)
  const linked = await linkSaleToOpportunity(tx, lead.id, { id, amount, isNew }, now)
  await renewSaleVersions(tx, lead.id, linked)
  const sale = await findSaleOfLead(tx, lead.id)
  if (sale && ended.before?.stage !== 'won') await recordWon(tx, sale, ended)
  return sale && isNew ? await refuseSoldVehicle(tx, principal, sale, { allowDuplicate }) : null
}

/** The undo of the sale puts the deal back to where it stood. */
async function recordWon(
  tx: Transaction,
  { leadId, operationId }: Pick<Sale, 'leadId' | 'operationId'>,
  { deal, before, onlyStage }: EndedDeal
): Promise<void> {
  const stood = before && {
    stage: before.stage,
    closeReason: before.closeReason,
    closedAt: before.closedAt?.toISOString() ?? null
  }
  await recordWonOpportunity(
    tx,
    { leadId, operationId },
    {
      id: deal.id,
      before: stood,
      versionBefore: before && onlyStage ? before.version : null,
      versionAfter: deal.version
    }
  )
}
