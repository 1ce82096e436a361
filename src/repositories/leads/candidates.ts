import { and, eq, inArray } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { clients, leads } from '../../database/schema.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'
import type { Candidate, Match } from '../../domain/leads/matching.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { visibleClients, visibleLeads } from '../visibility.ts'

/** How many candidates are looked at: the newest, where one person has very many leads. */
const MAX_CANDIDATES = 100

/**
 * Clients and leads under a key of the contact, as a capture finds them: the cap on crowded keys counts
 * clients and leads apart.
 */
const CANDIDATES = `
with hits as materialized (
  select t.type, h.ids
  from unnest($2::text[]) as k(key) cross join unnest($3::text[]) as t(type)
  cross join lateral (
    select array_agg(m.record_id) as ids from (select record_id from match_keys
      where dealer_id = $1 and key = k.key and record_type = t.type
      limit ${MAX_RECORDS_PER_KEY + 1}) m
  ) h
  where coalesce(cardinality(h.ids), 0) <= ${MAX_RECORDS_PER_KEY}
), found as materialized (
  select distinct type, id from hits cross join lateral unnest(ids) as r(id)
  order by type, id desc limit ${MAX_CANDIDATES}
)
select 'client' as type, c.id, c.display_name as name, c.content->'contact' as contact
from found f join clients c on c.dealer_id = $1 and c.id = f.id where f.type = 'client'
union all
select 'lead', l.id, l.display_name, l.content->'contact'
from found f join leads l on l.dealer_id = $1 and l.id = f.id
join statuses s on s.dealer_id = $1 and s.id = l.status_id and s."group" <> 'deleted'
where f.type = 'lead'`

/** Everything stored that shares an e-mail or phone with the contact; clients before leads. */
export async function findCandidates(
  tx: Transaction,
  contact: Contact,
  types: readonly Candidate['type'][]
): Promise<Candidate[]> {
  const keys = contactKeys(contact)
  if (keys.length === 0) return []
  return await tx.query<Candidate>('candidates', CANDIDATES, [tx.dealerId, keys, types])
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
