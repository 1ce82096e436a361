import type { Transaction } from '../../../database/client.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { isOpenGroup } from '../../../domain/leads/status-groups.ts'
import { lockAwaitedLead } from '../../../repositories/clock/awaited-leads.ts'
import { holdStatusOfGroup } from '../../../repositories/dealers/group-statuses.ts'
import type { HeldStatus } from '../../../repositories/dealers/group-statuses.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'
import { linkSaleToOpportunity } from '../../../repositories/sales/sales.ts'
import type { Command } from '../../command.ts'
import { moveLeadToStatus } from '../../leads/steps/move-lead.ts'

/** The lead of a deal that ends, and the status it gets. */
export interface LeadOfDeal {
  lead: Lead
  status: HeldStatus
}

/**
 * The lead that the end of a deal moves, locked after its status and before the deal; null: it moves
 * none. A won deal sells its lead, also of another user. A lost one closes it only on request, for the person
 * may want another vehicle.
 */
export async function holdLeadOfDeal(
  tx: Transaction,
  deal: Pick<Opportunity, 'leadId' | 'stage'>,
  closesLead: boolean
): Promise<LeadOfDeal | null> {
  const { leadId, stage } = deal
  const group = stage === 'won' ? 'sold' : stage === 'lost' && closesLead ? 'lost' : null
  if (leadId === null || group === null) return null
  const status = await holdStatusOfGroup(tx, group, null)
  await lockAwaitedLead(tx, leadId)
  const lead = await findLeadById(tx, leadId)
  return lead && status ? { lead, status } : null
}

/** Moves the lead of a deal that ended. A sale it had or gets now is that of the deal. */
export async function closeLeadOfDeal(
  tx: Transaction,
  { principal, now }: Command,
  { lead, status }: LeadOfDeal,
  { id, stage, amount, closeReason }: Opportunity
): Promise<void> {
  const isLeft = stage === 'won' ? lead.status.group !== 'sold' : isOpenGroup(lead.status.group)
  if (isLeft) {
    const change = { actor: actorOf(principal), reason: closeReason, now }
    await moveLeadToStatus(tx, { lead, status, change })
  }
  if (stage === 'won') await linkSaleToOpportunity(tx, lead.id, { id, amount, isNew: isLeft }, now)
}
