import type { Transaction } from '../../database/client.ts'
import type { Actor, EventType } from '../../domain/events/event.ts'
import { nounOf } from '../../domain/imports/import.ts'
import type { ImportTarget, RowOutcome, RowProblem } from '../../domain/imports/import.ts'
import { newId } from '../../ids.ts'

/**
 * What a batch of rows writes, by one statement a table: each takes its rows as one JSON value, because
 * a thousand rows of a dozen values are more parameters than a statement can have.
 */

export interface ImportResult {
  number: number
  outcome: RowOutcome
  recordId: string
  recordVersion: number
  before: Record<string, unknown> | null
}

const RESULTS = `
insert into import_results (dealer_id, import_id, number, outcome, record_id, record_version, before)
select $1, $2, r.number, r.outcome, r."recordId", r."recordVersion", r.before
from jsonb_to_recordset($3::jsonb) as r(number integer, outcome text, "recordId" uuid,
  "recordVersion" integer, before jsonb)`

/** Writes what became of rows: a row that is there already fails, for no row is taken twice. */
export async function insertResults(
  tx: Transaction,
  importId: string,
  results: readonly ImportResult[]
): Promise<void> {
  if (results.length === 0) return
  await tx.query('import-results', RESULTS, [tx.dealerId, importId, JSON.stringify(results)])
}

const PROBLEMS = `
insert into import_problems (dealer_id, import_id, number, position, line, "column", reason, value)
select $1, $2, p.row, p.position, p.line, p."column", p.reason, p.value
from jsonb_to_recordset($3::jsonb) as p(row integer, position smallint, line integer, "column" text,
  reason text, value text)
-- Undoing may have something to say of a row that was bad in part.
on conflict do nothing`

/** Writes why rows are bad; of each row in the order in which they are given. */
export async function insertProblems(
  tx: Transaction,
  importId: string,
  problems: readonly (RowProblem & { position: number })[]
): Promise<void> {
  if (problems.length === 0) return
  await tx.query('import-problems', PROBLEMS, [tx.dealerId, importId, JSON.stringify(problems)])
}

/** Forgets what an earlier pass over the file found. */
export async function clearProblems(tx: Transaction, importId: string): Promise<void> {
  await tx.query(
    'import-problems-clear',
    'delete from import_problems where dealer_id = $1 and import_id = $2',
    [tx.dealerId, importId]
  )
}

const KEYS = `
insert into match_keys (dealer_id, key, record_type, record_id)
select $1, k.key, $2, k.id from jsonb_to_recordset($3::jsonb) as k(id uuid, key text)`

/** Lets new records be found by their keys. */
export async function insertKeys(
  tx: Transaction,
  target: ImportTarget,
  records: readonly { id: string; keys: readonly string[] }[]
): Promise<void> {
  const rows = records.flatMap(({ id, keys }) => keys.map((key) => ({ id, key })))
  if (rows.length === 0) return
  await tx.query('import-keys', KEYS, [tx.dealerId, nounOf(target), JSON.stringify(rows)])
}

/** Lets changed records be found by their keys of now, and by no others. */
export async function replaceKeys(
  tx: Transaction,
  target: ImportTarget,
  records: readonly { id: string; keys: readonly string[] }[]
): Promise<void> {
  if (records.length === 0) return
  await tx.query(
    'import-keys-clear',
    'delete from match_keys where dealer_id = $1 and record_id = any ($2)',
    [tx.dealerId, records.map(({ id }) => id)]
  )
  await insertKeys(tx, target, records)
}

const EVENTS = `
insert into events (dealer_id, id, type, subject_type, subject_id, lead_id, client_id, actor_type,
  actor_id, data, created_at)
select $1, e.id, e.type, $2, e."recordId", case when $2 = 'lead' then e."recordId" end,
  case when $2 = 'client' then e."recordId" end, $3, $4, e.data, $5
from jsonb_to_recordset($6::jsonb) as e(id uuid, type text, "recordId" uuid, data jsonb)`

/** Writes what happened to many leads, or many clients. */
export async function insertRecordEvents(
  tx: Transaction,
  target: ImportTarget,
  { actor, now }: { actor: Actor; now: Date },
  happened: readonly { type: EventType; recordId: string; data: Record<string, unknown> }[]
): Promise<void> {
  if (happened.length === 0) return
  const rows = happened.map((event) => ({ id: newId(), ...event }))
  await tx.query('import-events', EVENTS, [
    tx.dealerId,
    nounOf(target),
    actor.type,
    actor.id,
    now,
    JSON.stringify(rows)
  ])
}
