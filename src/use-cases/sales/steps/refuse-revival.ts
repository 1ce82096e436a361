import type { Transaction } from '../../../database/client.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import type { Sale } from '../../../domain/sales/sale.ts'
import { lockOpportunityById } from '../../../repositories/clients/opportunities.ts'
import { findLeadById, lockLeadById } from '../../../repositories/leads/leads.ts'
import { findSaleOfOpportunity } from '../../../repositories/sales/opportunity-sales.ts'

/**
 * Why a cancelled sale can't count again, or null: it can, as a new one could be recorded. Locks the lead
 * and the opportunity, which come before the sale.
 */
export async function refuseRevival(
  tx: Transaction,
  { id, leadId, opportunityId }: Pick<Sale, 'id' | 'leadId' | 'opportunityId'>
): Promise<Refusal | null> {
  await lockLeadById(tx, leadId)
  const group = (await findLeadById(tx, leadId))?.status.group
  if (group === 'deleted') return { refusal: 'lead-deleted' }
  if (group !== 'sold') return { refusal: 'lead-not-sold' }
  if (opportunityId === null) return null
  const opportunity = await lockOpportunityById(tx, opportunityId)
  if (opportunity?.stage === 'lost') return { refusal: 'opportunity-lost' }
  const other = await findSaleOfOpportunity(tx, opportunityId)
  return other !== null && other !== id ? { refusal: 'opportunity-sold' } : null
}
