import type { Transaction } from '../../../database/client.ts'
import type { Contact } from '../../../domain/leads/lead.ts'
import {
  MATCHES_SHOWN,
  findMatches,
  rankSharing,
  withoutCandidate
} from '../../../domain/matching/matches.ts'
import type { Match } from '../../../domain/matching/matches.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import {
  findCandidates,
  findCrowdedCandidates,
  keepVisible
} from '../../../repositories/leads/candidates.ts'
import { findLead } from '../../../repositories/leads/leads.ts'

/**
 * The clients and other leads that share an e-mail or phone with a lead, best first: those of another
 * name too. Null when the caller sees no such lead.
 */
export async function findLeadMatches(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string
): Promise<Match[] | null> {
  const lead = await findLead(tx, principal, leadId)
  if (!lead) return null
  const { contact } = lead.content
  return await keepVisible(tx, principal, await findSharing(tx, leadId, contact))
}

/** Every client and other lead that shares an e-mail or phone with a lead, best first, seen by the caller or not. */
export async function findSharing(
  tx: Transaction,
  leadId: string,
  contact: Contact
): Promise<Match[]> {
  const candidates = await findCandidates(tx, contact, ['client', 'lead'])
  const crowded = await findCrowdedCandidates(tx, contact)
  const isOther = ({ id }: { id: string }) => id !== leadId
  return rankSharing(contact, candidates.filter(isOther), crowded.filter(isOther))
}

/**
 * The clients that are this person with certainty, or null. The caller holds the locks of the
 * contact's keys; without them, two concurrent requests could both find none.
 *
 * A client that the caller does not see counts too, so that members do not create it again. It is not
 * among `shown`.
 */
export async function findSureClients(
  tx: Transaction,
  principal: TenantPrincipal,
  contact: Contact
): Promise<{ shown: Match[] } | null> {
  const candidates = await findCandidates(tx, contact, ['client'])
  const sure = findMatches(contact, candidates)
    .filter(({ band }) => band === 'sure')
    .map(withoutCandidate)
  if (sure.length === 0) return null
  return { shown: (await keepVisible(tx, principal, sure)).slice(0, MATCHES_SHOWN) }
}
