import type { Transaction } from '../../../database/client.ts'
import type { Contact } from '../../../domain/leads/lead.ts'
import { RECORD_TYPES } from '../../../domain/leads/record-type.ts'
import { MATCHES_SHOWN, comparePeople } from '../../../domain/matching/matches.ts'
import type { Match, Sought } from '../../../domain/matching/matches.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import {
  findCandidates,
  findCrowdedCandidates,
  findSimilarCandidates,
  keepVisible
} from '../../../repositories/leads/candidates.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findLead } from '../../../repositories/leads/leads.ts'

/**
 * The clients and other leads that may be the person of a lead, best first: those that share an e-mail or
 * phone, of another name too, and those that are similar. Null when the caller sees no such lead.
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

/** Every client and other lead that may be the person of a lead, best first, seen by the caller or not. */
export async function findSharing(
  tx: Transaction,
  leadId: string,
  contact: Contact
): Promise<Match[]> {
  const sought = await soughtBy(tx, contact)
  const candidates = await findCandidates(tx, contact, RECORD_TYPES)
  const similar = await findSimilarCandidates(tx, sought, RECORD_TYPES)
  const crowded = await findCrowdedCandidates(tx, contact)
  const isOther = ({ id }: { id: string }) => id !== leadId
  return comparePeople(sought, {
    candidates: candidates.filter(isOther),
    crowded: crowded.filter(isOther),
    similar: similar.filter(isOther)
  }).sharing
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
  const sharing = await compareWithClients(tx, await soughtBy(tx, contact))
  const sure = sharing.filter(({ band }) => band === 'sure')
  if (sure.length === 0) return null
  return { shown: (await keepVisible(tx, principal, sure)).slice(0, MATCHES_SHOWN) }
}

/** The clients, but `exceptId`, that share an e-mail or phone with a person or are similar, best first. */
export async function compareWithClients(
  tx: Transaction,
  sought: Sought,
  exceptId: string | null = null
): Promise<Match[]> {
  const isOther = ({ id }: { id: string }) => id !== exceptId
  const candidates = await findCandidates(tx, sought.contact, ['client'])
  const similar = await findSimilarCandidates(tx, sought, ['client'])
  const crowded = similar.length === 0 ? [] : await findCrowdedCandidates(tx, sought.contact)
  return comparePeople(sought, {
    candidates: candidates.filter(isOther),
    crowded: crowded.filter(isOther),
    similar: similar.filter(isOther)
  }).sharing
}

/** The person of a contact, to be compared as the dealer has it. */
async function soughtBy(tx: Transaction, contact: Contact): Promise<Sought> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a transaction was not found')
  return { contact, policy: dealer.settings.matchingPolicy }
}
