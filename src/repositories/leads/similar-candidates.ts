import type { Values } from '../../database/statement.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import { MAX_CANDIDATES, MAX_RECORDS_PER_KEY } from '../../domain/matching/matches.ts'
import type { Candidate, SimilarCandidate, Sought } from '../../domain/matching/matches.ts'
import { NORMALISER_VERSION } from '../../domain/matching/person-form.ts'
import type { PersonForm } from '../../domain/matching/person-form.ts'
import { formOf, personKeys } from '../../domain/matching/stored-person.ts'

/**
 * Looks up people who are like the person of a contact, beside those of `match-candidates.ts`. Each part is an
 * expression of a `with`, or a column.
 */

/**
 * `alike`: the records under the blocking keys that are not among `found`, those with most keys in common first.
 * A key of too many records finds none.
 */
export const SIMILAR = `alike as materialized (
  select r.id from unnest(:personKeys) as k(key)
  cross join lateral (
    select array_agg(m.record_id) as ids from (select record_id from person_keys
      where dealer_id = :dealerId and key = k.key
      order by record_id desc limit ${MAX_RECORDS_PER_KEY + 1}) m
  ) h cross join lateral unnest(h.ids) as r(id)
  where cardinality(h.ids) <= ${MAX_RECORDS_PER_KEY}
    and not exists (select from found f where f.id = r.id)
  group by r.id order by count(*) desc, r.id desc limit ${MAX_CANDIDATES}
)`

/**
 * All of `alike`, but deleted leads, as one JSON array. Of a person that another version of the normaliser
 * wrote, the contact is read.
 */
export const SIMILAR_CANDIDATES = `(select coalesce(json_agg(json_build_object(
      'type', f.record_type, 'id', f.record_id, 'name', coalesce(l.display_name, c.display_name),
      'form', case when f.version = :personVersion then f.form end,
      'contact', case when f.version <> :personVersion
        then coalesce(l.content, c.content)->'contact' end)), '[]')
    from alike r
    join person_forms f on f.dealer_id = :dealerId and f.record_id = r.id
    left join leads l on l.dealer_id = :dealerId
      and l.id = case f.record_type when 'lead' then r.id end
    left join statuses s on s.dealer_id = :dealerId and s.id = l.status_id
    left join clients c on c.dealer_id = :dealerId
      and c.id = case f.record_type when 'client' then r.id end
    where s."group" is distinct from 'deleted'
  )`

/** The stored forms of `found` and `shared` by the ids of their records, as one JSON object. */
export const FORMS = `(select coalesce(json_object_agg(f.record_id, f.form), '{}')
    from person_forms f where f.dealer_id = :dealerId and f.version = :personVersion
      and f.record_id in (select id from found union all select id from shared)
  )`

/** The parameters of these parts. */
export const SIMILAR_TYPES = { personKeys: 'bigint[]', personVersion: 'integer' } as const

/** What to look for: nothing similar, and no form, where people are compared by contact points and names. */
export function similarQuestion({ contact, policy }: Sought): Values<typeof SIMILAR_TYPES> {
  return policy === 'exact'
    ? { personKeys: [], personVersion: NO_VERSION }
    : { personKeys: personKeys(contact).map(String), personVersion: NORMALISER_VERSION }
}

const NO_VERSION = 0

/** A similar record as JSON has it. */
export type SimilarRow = Omit<SimilarCandidate, 'form'> &
  ({ form: PersonForm; contact: null } | { form: null; contact: Contact })

export function toSimilar({ form, contact, ...record }: SimilarRow): SimilarCandidate {
  return { ...record, form: form ?? formOf(contact) }
}

/** Stored forms by the ids of their records. */
export type FormsRow = Readonly<Record<string, PersonForm>>

/** The candidate with its stored form, where there is one. */
export function withForm<T extends Candidate>(candidate: T, forms: FormsRow): T {
  const form = forms[candidate.id]
  return form ? { ...candidate, form } : candidate
}
