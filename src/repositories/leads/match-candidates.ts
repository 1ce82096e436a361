import type { CaptureCandidate } from '../../domain/capture/capture-facts.ts'
import { MAX_CANDIDATES, MAX_RECORDS_PER_KEY } from '../../domain/matching/matches.ts'
import { ASSIGNABLE_USER } from '../routing/basis.ts'

/**
 * Looks up people by the keys of their contact, for every statement that does. Each part is an
 * expression of a `with`, or a column.
 */

/** Both kinds of record. */
const TYPES = `'{client,lead}'::text[]`

/**
 * `hits`: the records under each key, clients and leads apart, so that a person's hundredth lead does
 * not hide that they are a client. A look-up stops one row after the key has shown to be too crowded, and its
 * rows are the newest ones: ids ascend with time.
 */
export function hits({ keys, types = TYPES }: { keys: string; types?: string }): string {
  return `hits as materialized (
  select k.key, t.type, h.ids, cardinality(h.ids) > ${MAX_RECORDS_PER_KEY} as is_crowded
  from unnest(${keys}) as k(key) cross join unnest(${types}) as t(type)
  cross join lateral (
    select array_agg(m.record_id) as ids from (select record_id from match_keys
      where dealer_id = :dealerId and key = k.key and record_type = t.type
      order by record_id desc limit ${MAX_RECORDS_PER_KEY + 1}) m
  ) h
)`
}

/** `found`: the newest records of `hits`, each once, clients first; crowded keys find nothing. */
export const FOUND = `found as materialized (
  select distinct type, id from hits cross join lateral unnest(ids) as r(id)
  where not is_crowded
  order by type, id desc limit ${MAX_CANDIDATES}
)`

/** `shared`: the newest records of each type under crowded keys. */
export const SHARED = `shared as materialized (
  select t.type, r.id from unnest(${TYPES}) as t(type) cross join lateral (
    select distinct i.id from hits h cross join lateral unnest(h.ids) as i(id)
    where h.type = t.type and h.is_crowded order by i.id desc limit ${MAX_CANDIDATES}
  ) r
)`

/** `newest`: the newest leads of `hits`, under crowded keys too. */
export const NEWEST_LEADS = `newest as materialized (
  select distinct i.id from hits h cross join lateral unnest(h.ids) as i(id)
  where h.type = 'lead' order by i.id desc limit ${MAX_CANDIDATES}
)`

/** The user `u` of a left join: the lead's assignee, or the client's responsible user. */
const OWNER = `case when u.id is not null then ${ASSIGNABLE_USER} end`

/** A lead `l` in a status `s`, assigned to `u`, as a candidate. */
export const CANDIDATE_LEAD = candidateLead({ owner: OWNER, statusGroup: 's."group"' })

/** A client `c`, for whom `u` is responsible, as a candidate. */
export const CANDIDATE_CLIENT = candidateClient({ owner: OWNER })

/** A lead `l` as a candidate, by the expressions for its owner and the group of its status. */
export function candidateLead(lead: { owner: string; statusGroup: string }): string {
  return `jsonb_build_object('type', 'lead', 'id', l.id, 'name', l.display_name,
    'contact', l.content->'contact', 'owner', ${lead.owner},
    'lead', jsonb_build_object('statusGroup', ${lead.statusGroup}, 'sourceId', l.source_id,
      'vehicleKey', l.vehicle_key, 'receivedAt', l.received_at, 'duplicateOf', l.duplicate_of_id,
      'quarantined', l.quarantine_reason is not null, 'isTest', l.is_test))`
}

/** A client `c` as a candidate, by the expression for its owner. */
export function candidateClient(client: { owner: string }): string {
  return `jsonb_build_object('type', 'client', 'id', c.id, 'name', c.display_name,
    'contact', c.content->'contact', 'owner', ${client.owner}, 'lead', null)`
}

/** Those of `shared` as `Candidate`s, but deleted leads, as one JSON array. */
export const SHARED_CANDIDATES = `(select coalesce(jsonb_agg(c.candidate), '[]') from (
    select jsonb_build_object('type', 'lead', 'id', l.id, 'name', l.display_name,
      'contact', l.content->'contact') as candidate
    from shared h join leads l on l.dealer_id = :dealerId and l.id = h.id
    join statuses s on s.dealer_id = :dealerId and s.id = l.status_id and s."group" <> 'deleted'
    where h.type = 'lead'
    union all
    select jsonb_build_object('type', 'client', 'id', c.id, 'name', c.display_name,
      'contact', c.content->'contact')
    from shared h join clients c on c.dealer_id = :dealerId and c.id = h.id where h.type = 'client'
  ) c)`

/** All of `found`, but deleted leads, as one JSON array. */
export const CANDIDATES = `(select coalesce(jsonb_agg(c.candidate), '[]') from (
    select ${CANDIDATE_LEAD} as candidate
    from found f
    join leads l on l.dealer_id = :dealerId and l.id = f.id
    join statuses s on s.dealer_id = :dealerId and s.id = l.status_id and s."group" <> 'deleted'
    left join users u on u.dealer_id = :dealerId and u.id = l.assignee_id
    where f.type = 'lead'
    union all
    select ${CANDIDATE_CLIENT}
    from found f
    join clients c on c.dealer_id = :dealerId and c.id = f.id
    left join users u on u.dealer_id = :dealerId and u.id = c.responsible_user_id
    where f.type = 'client'
  ) c)`

/** A candidate as JSON has it: with its time as text. */
export interface CandidateRow extends Omit<CaptureCandidate, 'lead'> {
  lead: (Omit<NonNullable<CaptureCandidate['lead']>, 'receivedAt'> & { receivedAt: string }) | null
}

export function toCandidate({ lead, ...candidate }: CandidateRow): CaptureCandidate {
  return { ...candidate, lead: lead && { ...lead, receivedAt: new Date(lead.receivedAt) } }
}
