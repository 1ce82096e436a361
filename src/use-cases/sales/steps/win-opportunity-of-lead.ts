import type { Transaction } from '../../../database/client.ts'
import { isClosedStage } from '../../../domain/clients/opportunity.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { lockOpportunityById } from '../../../repositories/clients/opportunities.ts'
import { findSaleOfLead } from '../../../repositories/sales/sales.ts'
import { winOpportunity } from './carry-sale.ts'

/** The deal that a locked lead was just sold by is won, if it is open. */
export async function winOpportunityOfLead(
  tx: Transaction,
  leadId: string,
  happened: { actor: Actor; now: Date }
): Promise<void> {
  const sale = await findSaleOfLead(tx, leadId)
  const id = sale?.opportunityId ?? null
  const opportunity = id === null ? null : await lockOpportunityById(tx, id)
  if (!sale || !opportunity || isClosedStage(opportunity.stage)) return
  await winOpportunity(tx, sale, opportunity, happened)
}
