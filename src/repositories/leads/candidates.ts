import { and, eq, inArray } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { clients, leads } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { Candidate, Match } from '../../domain/leads/matching.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { FOUND, hits } from './match-candidates.ts'
import { visibleClients, visibleLeads } from '../visibility.ts'

const MATCHING = statement(
  'candidates',
  { keys: 'text[]', types: 'text[]' },
  `with ${hits({ keys: ':keys', types: ':types' })}, ${FOUND}
   select 'client' as type, c.id, c.display_name as name, c.content->'contact' as contact
   from found f join clients c on c.dealer_id = :dealerId and c.id = f.id where f.type = 'client'
   union all
   select 'lead', l.id, l.display_name, l.content->'contact'
   from found f join leads l on l.dealer_id = :dealerId and l.id = f.id
   join statuses s on s.dealer_id = :dealerId and s.id = l.status_id and s."group" <> 'deleted'
   where f.type = 'lead'`
).returning<Candidate>()

/** Everything stored that shares an e-mail or phone with the contact; clients before leads. */
export async function findCandidates(
  tx: Transaction,
  contact: Contact,
  types: readonly Candidate['type'][]
): Promise<Candidate[]> {
  const keys = contactKeys(contact)
  if (keys.length === 0) return []
  return await tx.run(MATCHING, { keys, types })
}

/** Those of the matches that this caller sees, in their order. */
export async function keepVisible(
  tx: Transaction,
  principal: TenantPrincipal,
  matches: readonly Match[]
): Promise<Match[]> {
  const idsOf = (type: Match['type']) =>
    matches.filter((match) => match.type === type).map(({ id }) => id)
  const [clientIds, leadIds] = [idsOf('client'), idsOf('lead')]
  const seenClients =
    clientIds.length === 0
      ? []
      : await tx.orm
          .select({ id: clients.id })
          .from(clients)
          .where(
            and(
              eq(clients.dealerId, tx.dealerId),
              inArray(clients.id, clientIds),
              visibleClients(tx, principal)
            )
          )
  const seenLeads =
    leadIds.length === 0
      ? []
      : await tx.orm
          .select({ id: leads.id })
          .from(leads)
          .where(
            and(
              eq(leads.dealerId, tx.dealerId),
              inArray(leads.id, leadIds),
              visibleLeads(principal)
            )
          )
  const seen = new Set([...seenClients, ...seenLeads].map(({ id }) => id))
  return matches.filter(({ id }) => seen.has(id))
}
