import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { forbidden, notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import {
  findClient,
  findClientById,
  lockClient,
  lockClientById
} from '../../../repositories/clients/clients.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findSharing } from '../../leads/steps/find-matches.ts'
import { isActiveUser } from './responsible-user.ts'

/** A client that a lead may get, and whose agreement it needs: null for none. */
export interface LinkableClient {
  client: Client
  toAsk: { id: string } | null
}

const LOCKING = { seen: lockClient, any: lockClientById }
const LOOKING = { seen: findClient, any: findClientById }

/**
 * The client that a lead is to be linked to: one that the caller sees, or one of a colleague that shares
 * an e-mail or phone with the lead, where the dealer shows and allows that. Where no active user is
 * responsible for it, there is no user to ask.
 */
export async function findLinkableClient(
  tx: Transaction,
  principal: TenantPrincipal,
  { lead, clientId, locks }: { lead: Lead; clientId: string; locks: boolean }
): Promise<LinkableClient | Refusal> {
  const read = locks ? LOCKING : LOOKING
  const own = await read.seen(tx, principal, clientId)
  if (own) return { client: own, toAsk: null }
  const settings = (await findDealer(tx))?.settings
  if (settings?.matchesShowColleaguesClients !== true) return notFound('client')
  const matches = await findSharing(tx, lead.id, lead.content.contact)
  const match = matches.find(({ id }) => id === clientId)
  if (!match || match.sharedByMany || match.similarOnly) return notFound('client')
  if (settings.linkToColleaguesClient === 'no') return forbidden('client-of-colleague')
  const client = await read.any(tx, clientId)
  if (!client) return notFound('client')
  const { responsibleUser } = client
  const asks = settings.linkToColleaguesClient === 'ask' && responsibleUser !== null
  return {
    client,
    toAsk: asks && (await isActiveUser(tx, responsibleUser.id)) ? responsibleUser : null
  }
}

/** The client that a lead gets at once, locked or only read. */
export async function findFreeClient(
  tx: Transaction,
  principal: TenantPrincipal,
  wanted: { lead: Lead; clientId: string; locks: boolean }
): Promise<Client | Refusal> {
  const found = await findLinkableClient(tx, principal, wanted)
  if ('refusal' in found) return found
  return found.toAsk ? { refusal: 'link-needs-consent' } : found.client
}
