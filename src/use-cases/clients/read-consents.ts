import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { stancesAt } from '../../domain/clients/consent-ledger.ts'
import type { ConsentRecord } from '../../domain/clients/consent.ts'
import { findClient } from '../../repositories/clients/clients.ts'
import { findLatestOfClient, findSaidOfLead } from '../../repositories/clients/consents.ts'
import { findLead } from '../../repositories/leads/leads.ts'

/** What a client agrees to and refuses at a moment, or null: the caller sees no such client. */
export async function readClientConsents(
  tx: Transaction,
  principal: TenantPrincipal,
  { clientId, at }: { clientId: string; at: Date }
): Promise<{ at: Date; stances: ConsentRecord[] } | null> {
  const client = await findClient(tx, principal, clientId)
  if (!client) return null
  return { at, stances: stancesAt(await findLatestOfClient(tx, client.id, at), at) }
}

/**
 * What the person of a lead said with it and since, whatever is known of them from elsewhere; null:
 * the caller sees no such lead.
 */
export async function readLeadConsents(
  tx: Transaction,
  principal: TenantPrincipal,
  { leadId, at }: { leadId: string; at: Date }
): Promise<{ at: Date; stances: ConsentRecord[] } | null> {
  const lead = await findLead(tx, principal, leadId)
  if (!lead) return null
  return { at, stances: stancesAt(await findSaidOfLead(tx, lead), at) }
}
