import { and, eq, isNull, or } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { clients, leads, users } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact, Reference } from '../../domain/leads/lead.ts'
import type { Candidate, Match, SimilarCandidate, Sought } from '../../domain/matching/matches.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { findDealer } from '../dealers/dealers.ts'
import { FOUND, SHARED, SHARED_CANDIDATES, hits } from './match-candidates.ts'
import {
  SIMILAR,
  SIMILAR_CANDIDATES,
  SIMILAR_TYPES,
  similarQuestion,
  toSimilar
} from './similar-candidates.ts'
import type { SimilarRow } from './similar-candidates.ts'
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

const CROWDED = statement(
  'crowded-candidates',
  { keys: 'text[]' },
  `with ${hits({ keys: ':keys' })}, ${SHARED} select ${SHARED_CANDIDATES} as candidates`
).returning<{ candidates: Candidate[] }>()

/** The newest records under those keys of the contact that too many share: they decide nothing. */
export async function findCrowdedCandidates(
  tx: Transaction,
  contact: Contact
): Promise<Candidate[]> {
  const keys = contactKeys(contact)
  if (keys.length === 0) return []
  const [row] = await tx.run(CROWDED, { keys })
  return row?.candidates ?? []
}

const SIMILAR_RECORDS = statement(
  'similar-candidates',
  { ...SIMILAR_TYPES, keys: 'text[]', types: 'text[]' },
  `with ${hits({ keys: ':keys', types: ':types' })}, ${FOUND}, ${SIMILAR}
   select ${SIMILAR_CANDIDATES} as "similar"`
).returning<{ similar: SimilarRow[] }>()

/** Everything stored that shares no e-mail or phone with the person, and other fields. */
export async function findSimilarCandidates(
  tx: Transaction,
  sought: Sought,
  types: readonly Candidate['type'][]
): Promise<SimilarCandidate[]> {
  const question = similarQuestion(sought)
  if (question.personKeys.length === 0) return []
  const keys = contactKeys(sought.contact)
  const [row] = await tx.run(SIMILAR_RECORDS, { ...question, keys, types })
  return (row?.similar ?? []).filter(({ type }) => types.includes(type)).map(toSimilar)
}

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

/**
 * Those of the matches that this caller sees, in their order; clients of colleagues, too, where the
 * dealer shows them, but none of those who share only what very many do, or no e-mail and no phone. Clients
 * come with their responsible user.
 */
export async function keepVisible<
  Named extends Pick<Match, 'type' | 'id' | 'sharedByMany' | 'similarOnly'>
>(
  tx: Transaction,
  principal: TenantPrincipal,
  matches: readonly Named[]
): Promise<(Named & Pick<Match, 'responsibleUser'>)[]> {
  const idsOf = (type: Match['type']) =>
    matches.filter((match) => match.type === type).map(({ id }) => id)
  const weak = matches.filter(({ sharedByMany, similarOnly }) => sharedByMany ?? similarOnly)
  const ofOwnOnly = new Set(weak.map(({ id }) => id))
  const seenClients = await findShownClients(tx, principal, { ids: idsOf('client'), ofOwnOnly })
  const seenLeads = await findSeenLeads(tx, principal, idsOf('lead'))
  return matches.flatMap((match) => {
    if (match.type === 'lead') return seenLeads.has(match.id) ? [match] : []
    const responsibleUser = seenClients.get(match.id)
    return responsibleUser === undefined ? [] : [{ ...match, responsibleUser }]
  })
}

/** The leads, without the ids of earlier leads that they repeat and the caller does not see. */
export async function withoutUnseenOriginals<Repeated extends { duplicateOf: string | null }>(
  tx: Transaction,
  principal: TenantPrincipal,
  found: readonly Repeated[]
): Promise<Repeated[]> {
  if (seesAll(principal)) return [...found]
  const ids = new Set(found.flatMap(({ duplicateOf }) => duplicateOf ?? []))
  const seen = await findSeenLeads(tx, principal, [...ids])
  return found.map((lead) =>
    lead.duplicateOf === null || seen.has(lead.duplicateOf) ? lead : { ...lead, duplicateOf: null }
  )
}

/** The responsible user of each client that is shown. */
async function findShownClients(
  tx: Transaction,
  principal: TenantPrincipal,
  { ids, ofOwnOnly }: { ids: readonly string[]; ofOwnOnly: ReadonlySet<string> }
): Promise<Map<string, Reference | null>> {
  if (ids.length === 0) return new Map()
  const isShown = (await findDealer(tx))?.settings.matchesShowColleaguesClients === true
  const rows = await tx.orm
    .select({ id: clients.id, user: { id: users.id, name: users.name } })
    .from(clients)
    .leftJoin(
      users,
      and(eq(users.dealerId, clients.dealerId), eq(users.id, clients.responsibleUserId))
    )
    .where(
      and(
        eq(clients.dealerId, tx.dealerId),
        inArray(clients.id, [...ids]),
        isShown && principal.kind === 'user'
          ? or(
              and(
                isNull(clients.mergedIntoId),
                inArray(
                  clients.id,
                  ids.filter((id) => !ofOwnOnly.has(id))
                )
              ),
              visibleClients(tx, principal)
            )
          : visibleClients(tx, principal)
      )
    )
  return new Map(rows.map(({ id, user }) => [id, user]))
}

/** The ids of those of these leads that this caller sees. */
export async function findSeenLeads(
  tx: Transaction,
  principal: TenantPrincipal,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.orm
    .select({ id: leads.id })
    .from(leads)
    .where(
      and(eq(leads.dealerId, tx.dealerId), inArray(leads.id, [...ids]), visibleLeads(principal))
    )
  return new Set(rows.map(({ id }) => id))
}
