import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { RecordType } from '../../domain/leads/record-type.ts'
import type { Rekeying } from '../../domain/matching/rekeying.ts'
import { enqueueTask } from '../tasks.ts'

/** A run with where it stopped. */
type RekeyingRun = Rekeying & { recordType: RecordType; lastRecordId: string | null }

const INSERT = statement(
  'rekeying-insert',
  { id: 'uuid', version: 'integer', state: 'text', now: 'timestamptz' },
  `insert into rekeyings (dealer_id, id, version, state, total, done, record_type, created_at, updated_at)
   values (:dealerId, :id, :version, :state, 0, 0, 'client', :now, :now)
   on conflict (dealer_id, version) do nothing returning id`
).returning<{ id: string }>()

/** The dealer has no record of an earlier version. */
export async function insertNoRekeying(
  tx: Transaction,
  run: { id: string; version: number; now: Date }
): Promise<void> {
  await tx.run(INSERT, { ...run, state: 'done' })
}

/** Records a run that is to begin, and has the worker take it up; false: the version has its run. */
export async function insertRekeying(
  tx: Transaction,
  run: { id: string; version: number; now: Date }
): Promise<boolean> {
  const [row] = await tx.run(INSERT, { ...run, state: 'waiting' })
  if (row) await enqueueTask(tx, 'rekey', row.id)
  return row !== undefined
}

const COLUMNS = `id, version, state, total, done, record_type as "recordType",
  last_record_id as "lastRecordId", started_at as "startedAt", finished_at as "finishedAt",
  created_at as "createdAt", updated_at as "updatedAt"`

const LATEST = statement(
  'rekeying-latest',
  {},
  `select ${COLUMNS} from rekeyings where dealer_id = :dealerId order by version desc limit 1`
).returning<RekeyingRun>()

/** The run of the newest version, or null. */
export async function findLatestRekeying(tx: Transaction): Promise<Rekeying | null> {
  const [row] = await tx.run(LATEST, {})
  return row ?? null
}

const LOCK = statement(
  'rekeying-lock',
  { id: 'uuid' },
  `select ${COLUMNS} from rekeyings where dealer_id = :dealerId and id = :id for no key update`
).returning<RekeyingRun>()

/** The run, locked until the transaction ends: of two workers one goes on, the other then sees where. */
export async function lockRekeying(tx: Transaction, id: string): Promise<RekeyingRun | null> {
  const [row] = await tx.run(LOCK, { id })
  return row ?? null
}

const UPDATE = statement(
  'rekeying-update',
  {
    id: 'uuid',
    state: 'text',
    total: 'integer',
    done: 'integer',
    recordType: 'text',
    lastRecordId: 'uuid?',
    startedAt: 'timestamptz?',
    finishedAt: 'timestamptz?',
    now: 'timestamptz'
  },
  `update rekeyings set state = :state, total = :total, done = :done, record_type = :recordType,
     last_record_id = :lastRecordId, started_at = :startedAt, finished_at = :finishedAt, updated_at = :now
   where dealer_id = :dealerId and id = :id`
)

/** Writes how far a locked run is. */
export async function updateRekeying(tx: Transaction, run: RekeyingRun, now: Date): Promise<void> {
  const { id, state, total, done, recordType, lastRecordId, startedAt, finishedAt } = run
  const values = { id, state, total, done, recordType, lastRecordId, startedAt, finishedAt, now }
  await tx.run(UPDATE, values)
}

const COUNT = statement(
  'rekeying-count',
  {},
  `select ((select count(*) from leads where dealer_id = :dealerId)
     + (select count(*) from clients where dealer_id = :dealerId))::int as count`
).returning<{ count: number }>()

/** How many clients and leads a run goes over. */
export async function countPersons(tx: Transaction): Promise<number> {
  const [row] = await tx.run(COUNT, {})
  return row?.count ?? 0
}

/** A client or lead, and by which version its person was written; null: its person is not to be found. */
interface WrittenPerson {
  id: string
  contact: Contact
  version: number | null
}

const PERSON = `select r.id, r.content->'contact' as contact, (select f.version from person_forms f
     where f.dealer_id = :dealerId and f.record_id = r.id) as version`

const NEXT = {
  lead: statement(
    'rekeying-next-leads',
    { after: 'uuid', limit: 'integer' },
    `${PERSON} from leads r where r.dealer_id = :dealerId and r.id > :after
     order by r.id limit :limit for no key update of r`
  ).returning<WrittenPerson>(),
  // A merged client has no keys; undoing the merge writes them.
  client: statement(
    'rekeying-next-clients',
    { after: 'uuid', limit: 'integer' },
    `${PERSON} from clients r where r.dealer_id = :dealerId and r.id > :after
       and r.merged_into_id is null
     order by r.id limit :limit for no key update of r`
  ).returning<WrittenPerson>()
}

/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** The next records by id, locked in that order. */
export async function lockNextPersons(
  tx: Transaction,
  type: RecordType,
  { after, limit }: { after: string | null; limit: number }
): Promise<WrittenPerson[]> {
  return await tx.run(NEXT[type], { after: after ?? FIRST_ID, limit })
}
