import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { forbidden, notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { lockClient, lockClientById } from '../../../repositories/clients/clients.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findCandidates } from '../../../repositories/leads/candidates.ts'

/**
 * The client that a locked lead is to be linked to, locked: one that the caller sees, or one of a
 * colleague that shares an e-mail or phone with the lead, where the dealer shows and allows that.
 */
export async function lockLinkedClient(
  tx: Transaction,
  principal: TenantPrincipal,
  { lead, clientId }: { lead: Lead; clientId: string }
): Promise<Client | Refusal> {
  const own = await lockClient(tx, principal, clientId)
  if (own) return own
  const settings = (await findDealer(tx))?.settings
  if (settings?.matchesShowColleaguesClients !== true) return notFound('client')
  const matches = await findCandidates(tx, lead.content.contact, ['client'])
  if (!matches.some(({ id }) => id === clientId)) return notFound('client')
  if (settings.linkToColleaguesClient === 'no') return forbidden('client-of-colleague')
  return (await lockClientById(tx, clientId)) ?? notFound('client')
}
