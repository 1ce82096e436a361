import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Actor, EventType } from '../../domain/events/event.ts'
import { nounOf } from '../../domain/imports/import.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { ImportTarget, RowOutcome, ToldProblem } from '../../domain/imports/import.ts'
import { recordEvents } from '../events/record-events.ts'
import { insertPersons, removePersons } from '../leads/person-keys.ts'

/**
 * What a batch of rows writes, by one statement a table: each takes its rows as one JSON value, because
 * a thousand rows of a dozen values are more parameters than a statement can have.
 */

interface ImportResult {
  number: number
  outcome: RowOutcome
  recordId: string
  recordVersion: number
  before: Record<string, unknown> | null
}

const RESULTS = statement(
  'import-results',
  { importId: 'uuid', results: 'jsonb' },
  `insert into import_results
     (dealer_id, import_id, number, outcome, record_id, record_version, before)
   select :dealerId, :importId, r.number, r.outcome, r."recordId", r."recordVersion", r.before
   from jsonb_to_recordset(:results) as r(number integer, outcome text, "recordId" uuid,
     "recordVersion" integer, before jsonb)`
)

/** Writes what became of rows: a row that is there already fails, for no row is taken twice. */
export async function insertResults(
  tx: Transaction,
  importId: string,
  results: readonly ImportResult[]
): Promise<void> {
  if (results.length === 0) return
  await tx.run(RESULTS, { importId, results })
}

const PROBLEMS = statement(
  'import-problems',
  { importId: 'uuid', problems: 'jsonb' },
  `insert into import_problems
     (dealer_id, import_id, number, position, line, severity, "column", code, facts, value)
   select :dealerId, :importId, p.row, p.position, p.line, p.severity, p."column", p.code, p.facts,
     p.value
   from jsonb_to_recordset(:problems) as p(row integer, position smallint, line integer,
     severity text, "column" text, code text, facts jsonb, value text)
   -- Undoing may have something to say of a row that was bad in part.
   on conflict do nothing`
)

/** Writes what is wrong with rows; of each row in the order in which they are given. */
export async function insertProblems(
  tx: Transaction,
  importId: string,
  problems: readonly ToldProblem[]
): Promise<void> {
  if (problems.length === 0) return
  await tx.run(PROBLEMS, { importId, problems })
}

const CLEAR_PROBLEMS = statement(
  'import-problems-clear',
  { importId: 'uuid' },
  'delete from import_problems where dealer_id = :dealerId and import_id = :importId'
)

/** Forgets what an earlier pass over the file found. */
export async function clearProblems(tx: Transaction, importId: string): Promise<void> {
  await tx.run(CLEAR_PROBLEMS, { importId })
}

const KEYS = statement(
  'import-keys',
  { type: 'text', keys: 'jsonb' },
  `insert into match_keys (dealer_id, key, record_type, record_id)
   select :dealerId, k.key, :type, k.id from jsonb_to_recordset(:keys) as k(id uuid, key text)`
)

/** A record with the keys that it is found by, and the contact of its person. */
interface KeyedRecord {
  id: string
  keys: readonly string[]
  contact: Contact
}

/** Lets new records, and people like theirs, be found. */
export async function insertKeys(
  tx: Transaction,
  target: ImportTarget,
  records: readonly KeyedRecord[]
): Promise<void> {
  await insertPersons(tx, nounOf(target), records)
  const keys = records.flatMap(({ id, keys: all }) => all.map((key) => ({ id, key })))
  if (keys.length === 0) return
  await tx.run(KEYS, { type: nounOf(target), keys })
}

const CLEAR_KEYS = statement(
  'import-keys-clear',
  { ids: 'uuid[]' },
  'delete from match_keys where dealer_id = :dealerId and record_id = any (:ids)'
)

/** Lets changed records be found by their keys of now, and by no others. */
export async function replaceKeys(
  tx: Transaction,
  target: ImportTarget,
  records: readonly KeyedRecord[]
): Promise<void> {
  if (records.length === 0) return
  const ids = records.map(({ id }) => id)
  await tx.run(CLEAR_KEYS, { ids })
  await removePersons(tx, ids)
  await insertKeys(tx, target, records)
}

/** Writes what happened to many leads, or many clients. */
export async function insertRecordEvents(
  tx: Transaction,
  target: ImportTarget,
  { actor, now }: { actor: Actor; now: Date },
  happened: readonly { type: EventType; recordId: string; data: Record<string, unknown> }[]
): Promise<void> {
  const type = nounOf(target)
  const about = (id: string) => (type === 'lead' ? { leadId: id } : { clientId: id })
  await recordEvents(
    tx,
    actor,
    now,
    happened.map(({ recordId, ...event }) => ({
      ...event,
      subject: { type, id: recordId },
      ...about(recordId)
    }))
  )
}
