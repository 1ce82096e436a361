import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/matching/matches.ts'
import type { ImportTarget } from '../../domain/imports/import.ts'
import { KnownRecords } from '../../domain/imports/known-records.ts'
import type { KnownRecord } from '../../domain/imports/known-records.ts'
import {
  CANDIDATE_CLIENT,
  CANDIDATE_LEAD,
  hits as hitsOf,
  toCandidate
} from '../leads/match-candidates.ts'
import type { CandidateRow } from '../leads/match-candidates.ts'

interface Hit {
  key: string
  type: 'client' | 'lead'
  ids: string[]
}

const HITS = statement(
  'import-hits',
  { keys: 'text[]', types: 'text[]' },
  `with ${hitsOf({ keys: ':keys', types: ':types' })}
   select key, type, ids from hits where ids is not null`
).returning<Hit>()

const EXTERNAL_IDS = statement(
  'import-external-ids',
  { sourceId: 'uuid', externalIds: 'text[]' },
  `select id, external_id as "externalId" from leads
   where dealer_id = :dealerId and source_id = :sourceId and external_id = any (:externalIds)`
).returning<{ id: string; externalId: string }>()

const LEADS = `
  select l.version, case when :whole then l.content end as content, ${CANDIDATE_LEAD} as candidate
  from leads l
  join statuses s on s.dealer_id = :dealerId and s.id = l.status_id
  left join users u on u.dealer_id = :dealerId and u.id = l.assignee_id
  where l.dealer_id = :dealerId and l.id = any (:ids)`

const CLIENTS = `
  select c.version, case when :whole then c.content end as content, ${CANDIDATE_CLIENT} as candidate
  from clients c left join users u on u.dealer_id = :dealerId and u.id = c.responsible_user_id
  where c.dealer_id = :dealerId and c.id = any (:ids) and c.merged_into_id is null`

/** Records to be changed are locked in the order of their ids, as everywhere. */
const RECORDS = {
  leads: {
    toRead: records('import-known-leads', LEADS),
    toChange: records('import-known-leads-locked', `${LEADS} order by l.id for no key update of l`)
  },
  clients: {
    toRead: records('import-known-clients', CLIENTS),
    toChange: records(
      'import-known-clients-locked',
      `${CLIENTS} order by c.id for no key update of c`
    )
  }
}

function records(name: string, text: string) {
  return statement(name, { ids: 'uuid[]', whole: 'boolean' }, text)
}

/** The records that rows of an import can match. */
interface KnownQuestion {
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
  const hits = await tx.run(HITS, { keys, types })
  const external =
    sourceId === null || externalIds.length === 0
      ? []
      : await tx.run(EXTERNAL_IDS, { sourceId, externalIds })
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

async function load<Content>(
  tx: Transaction,
  target: ImportTarget,
  ids: readonly string[],
  toChange: boolean
): Promise<KnownRecord<Content>[]> {
  if (ids.length === 0) return []
  const found = RECORDS[target][toChange ? 'toChange' : 'toRead'].returning<
    Omit<KnownRecord<Content>, 'candidate'> & { candidate: CandidateRow }
  >()
  const rows = await tx.run(found, { ids: [...new Set(ids)], whole: toChange })
  return rows.map((row) => ({ ...row, candidate: toCandidate(row.candidate) }))
}
