import type { Transaction } from '../../../database/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { findLeadById } from '../../../repositories/leads/leads.ts'

/** A lead that this transaction has locked, with the changes made so far. */
export async function readLockedLead(tx: Transaction, leadId: string): Promise<Lead> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead was not found')
  return lead
}
