import type { Transaction } from '../../database/client.ts'
import type { CaptureCandidate } from '../../domain/capture/capture-facts.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'
import type { ImportTarget } from '../../domain/imports/import.ts'
import { KnownRecords } from '../../domain/imports/known-records.ts'
import type { KnownRecord } from '../../domain/imports/known-records.ts'
import { ASSIGNABLE_USER } from '../routing/basis.ts'

/** As a capture looks: key by key, each stopping one row after it has shown to be too crowded. */
const HITS = `
select k.key, t.type, h.ids
from unnest($2::text[]) as k(key) cross join unnest($3::text[]) as t(type)
cross join lateral (
  select array_agg(m.record_id) as ids from (select record_id from match_keys
    where dealer_id = $1 and key = k.key and record_type = t.type
    limit ${MAX_RECORDS_PER_KEY + 1}) m
) h
where h.ids is not null`

const OWNER = `case when u.id is not null then ${ASSIGNABLE_USER} end`

const LEADS = `
select l.version, case when $3 then l.content end as content, jsonb_build_object('type', 'lead',
  'id', l.id, 'name', l.display_name, 'contact', l.content->'contact', 'owner', ${OWNER},
  'lead', jsonb_build_object('statusGroup', s."group", 'sourceId', l.source_id,
    'vehicleKey', l.vehicle_key, 'receivedAt', l.received_at, 'duplicateOf', l.duplicate_of_id,
    'quarantined', l.quarantine_reason is not null, 'isTest', l.is_test)) as candidate
from leads l
join statuses s on s.dealer_id = $1 and s.id = l.status_id
left join users u on u.dealer_id = $1 and u.id = l.assignee_id
where l.dealer_id = $1 and l.id = any ($2)`

const CLIENTS = `
select c.version, case when $3 then c.content end as content, jsonb_build_object('type', 'client',
  'id', c.id, 'name', c.display_name, 'contact', c.content->'contact', 'owner', ${OWNER},
  'lead', null) as candidate
from clients c left join users u on u.dealer_id = $1 and u.id = c.responsible_user_id
where c.dealer_id = $1 and c.id = any ($2) and c.merged_into_id is null`

const QUERIES = { leads: LEADS, clients: CLIENTS }

interface Hit {
  key: string
  type: 'client' | 'lead'
  ids: string[]
}

type FoundRecord<Content> = Omit<KnownRecord<Content>, 'candidate'> & {
  candidate: Omit<CaptureCandidate, 'lead'> & {
    lead:
      (Omit<NonNullable<CaptureCandidate['lead']>, 'receivedAt'> & { receivedAt: string }) | null
  }
}

/** What rows of an import may be about. */
export interface KnownQuestion {
  target: ImportTarget
  keys: readonly string[]
  sourceId: string | null
  externalIds: readonly string[]
  /** Whether records of the target are about to be changed: then they are locked, and read whole. */
  toChange: boolean
}

/** Everything stored that shares an e-mail, a phone or the sender's own id with one of the rows. */
export async function findKnownRecords<Content>(
  tx: Transaction,
  { target, keys, sourceId, externalIds, toChange }: KnownQuestion
): Promise<KnownRecords<Content>> {
  const types = target === 'leads' ? ['client', 'lead'] : ['client']
  const hits = await tx.query<Hit & Record<string, unknown>>('import-hits', HITS, [
    tx.dealerId,
    keys,
    types
  ])
  const external =
    sourceId === null || externalIds.length === 0
      ? []
      : await tx.query<{ id: string; externalId: string }>(
          'import-external-ids',
          `select id, external_id as "externalId" from leads
          where dealer_id = $1 and source_id = $2 and external_id = any ($3)`,
          [tx.dealerId, sourceId, externalIds]
        )
  const usable = hits.filter(({ ids }) => ids.length <= MAX_RECORDS_PER_KEY)
  const idsOf = (type: Hit['type']) =>
    usable.filter((hit) => hit.type === type).flatMap(({ ids }) => ids)
  const leadIds = [...idsOf('lead'), ...external.map(({ id }) => id)]
  const leads = await load<Content>(tx, 'leads', leadIds, toChange && target === 'leads')
  const clients = await load<Content>(
    tx,
    'clients',
    idsOf('client'),
    toChange && target === 'clients'
  )
  return new KnownRecords({ hits, records: [...leads, ...clients], externalIds: external })
}

/** Records to be changed are locked in the order of their ids, as everywhere. */
async function load<Content>(
  tx: Transaction,
  target: ImportTarget,
  ids: readonly string[],
  toChange: boolean
): Promise<KnownRecord<Content>[]> {
  if (ids.length === 0) return []
  const record = target === 'leads' ? 'l' : 'c'
  const lock = toChange ? ` order by ${record}.id for no key update of ${record}` : ''
  const rows = await tx.query<FoundRecord<Content>>(
    `import-known-${target}${toChange ? '-locked' : ''}`,
    QUERIES[target] + lock,
    [tx.dealerId, [...new Set(ids)], toChange]
  )
  return rows.map(({ candidate, ...record }) => ({
    ...record,
    candidate: {
      ...candidate,
      lead: candidate.lead && {
        ...candidate.lead,
        receivedAt: new Date(candidate.lead.receivedAt)
      }
    }
  }))
}
