import type { Transaction } from '../../../database/client.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { obstacleToMove } from '../../../domain/leads/status.ts'
import type { EventCode } from '../../../domain/reasons/event-reasons.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import type { Sale, SaleStatus } from '../../../domain/sales/sale.ts'
import { lockOpportunityById } from '../../../repositories/clients/opportunities.ts'
import { lockAwaitedLead } from '../../../repositories/clock/awaited-leads.ts'
import { holdStatus, holdStatusOfGroup } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadById, findLeadSnapshot } from '../../../repositories/leads/leads.ts'
import { recordWonOpportunity } from '../../../repositories/operations/operations.ts'
import {
  findRecordedSale,
  findWonOpportunity,
  renewSaleOperation
} from '../../../repositories/operations/sale-operations.ts'
import { findSaleOfOpportunity } from '../../../repositories/sales/opportunity-sales.ts'
import { findSaleById } from '../../../repositories/sales/sales.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'
import { freeOpportunity, standOpportunity } from './free-opportunity.ts'
import { findWayBack } from './way-back.ts'
import type { StatusOfGroup } from './way-back.ts'

/** The reasons that the lead's history gives. */
const ENDED: EventCode = 'sale_cancelled'
const REVIVED: EventCode = 'sale_restored'

/** What moves with a sale that is cancelled or counts again, locked. */
export interface Carried {
  isRevived: boolean
  lead: Lead
  /** The status that the lead gets; null: it keeps its own. */
  status: StatusOfGroup | null
  /** The opportunity that is won again. */
  opportunity: Opportunity | null
}

/**
 * Locks what moves with a sale that enters or leaves group `cancelled`; null: nothing does. The lead and the
 * opportunity are locked before the sale. Refused where the lead has no way, and where a new sale would be.
 */
export async function holdCarried(
  tx: Transaction,
  { id, leadId }: Pick<Sale, 'id' | 'leadId'>,
  to: Pick<SaleStatus, 'group'>
): Promise<Carried | Refusal | null> {
  const sold = await holdStatusOfGroup(tx, 'sold', null)
  const recorded = await findRecordedSale(tx, id)
  const earlier = recorded && (await holdStatus(tx, recorded.lead.before.statusId))
  await lockAwaitedLead(tx, leadId)
  const lead = await findLeadById(tx, leadId)
  const sale = await findSaleById(tx, id)
  if (!lead || sale?.undoneAt !== null) return null
  const isCancelled = to.group === 'cancelled'
  if (isCancelled === (sale.status.group === 'cancelled')) return null
  if (!isCancelled) return await holdRevived(tx, { lead, sale, sold })
  const none = { isRevived: false, lead, status: null, opportunity: null }
  if (lead.status.group !== 'sold') return none
  const status = recorded && (await findWayBack(tx, lead, { earlier, recorded: recorded.lead }))
  return status ? { ...none, status } : { refusal: 'no-way-back' }
}

/** A cancelled sale counts again where a new one could be recorded. */
async function holdRevived(
  tx: Transaction,
  { lead, sale, sold }: { lead: Lead; sale: Sale; sold: StatusOfGroup | null }
): Promise<Carried | Refusal> {
  const { group } = lead.status
  const isSold = group === 'sold'
  if (group === 'deleted') return { refusal: 'lead-deleted' }
  if (!isSold && !isOpenGroup(group)) return { refusal: 'lead-not-sold' }
  const present = {
    group,
    hasClient: lead.client !== null,
    isQuarantined: lead.quarantineReason !== null
  }
  const obstacle = isSold ? null : obstacleToMove(present, { to: 'sold', reason: REVIVED })
  if (obstacle !== null) return { refusal: obstacle }
  if (!isSold && !sold) return { refusal: 'no-sold-status' }
  const opportunity = await holdOpportunity(tx, sale)
  if (isRefusal(opportunity)) return opportunity
  return { isRevived: true, lead, status: isSold ? null : sold, opportunity }
}

/** The opportunity that the sale had won, if it is open. */
async function holdOpportunity(tx: Transaction, sale: Sale): Promise<Opportunity | Refusal | null> {
  const { id, opportunityId } = sale
  if (opportunityId === null) return null
  const opportunity = await lockOpportunityById(tx, opportunityId)
  if (opportunity?.stage === 'lost') return { refusal: 'opportunity-lost' }
  const other = await findSaleOfOpportunity(tx, opportunityId)
  if (other !== null && other !== id) return { refusal: 'opportunity-sold' }
  const won = await findWonOpportunity(tx, sale)
  return won?.id === opportunityId && opportunity?.stage !== 'won' ? opportunity : null
}

/** Moves the records of a sale that was just moved. */
export async function carrySale(
  tx: Transaction,
  sale: Sale,
  { isRevived, lead, status, opportunity }: Carried,
  { actor, now, mailDomain }: { actor: Actor; now: Date; mailDomain: string }
): Promise<void> {
  if (!isRevived) await freeOpportunity(tx, { actor, now }, sale)
  if (status) {
    const code = isRevived ? REVIVED : ENDED
    const change = { actor, reason: null, code, now, mailDomain }
    await moveLeadToStatus(tx, { lead, status, change })
  }
  if (!isRevived) return
  const snapshot = await findLeadSnapshot(tx, lead.id)
  if (status && snapshot) {
    const before = { statusId: lead.status.id }
    const recorded = { id: lead.id, before, versionAfter: snapshot.version }
    await renewSaleOperation(tx, sale, recorded)
  }
  if (opportunity) await winOpportunity(tx, sale, opportunity, { actor, now })
}

/** Sets a locked, open opportunity of a sale to `won`, for the undo of the sale to put back. */
export async function winOpportunity(
  tx: Transaction,
  sale: Sale,
  opportunity: Opportunity,
  happened: { actor: Actor; now: Date }
): Promise<void> {
  const { id, stage, version } = opportunity
  const standing = { stage: 'won', closeReason: null, closedAt: happened.now } as const
  const after = await standOpportunity(tx, happened, sale, { opportunity, standing })
  const before = { stage, closeReason: null, closedAt: null }
  const won = { id, before, versionBefore: version, versionAfter: after.version }
  await recordWonOpportunity(tx, sale, won)
}
