import { setTimeout as wait } from 'node:timers/promises'

import type { Database, Transaction } from '../../database/client.ts'
import { isOfValues, isTransient as isPassingFailure } from '../../database/failures.ts'
import type { StoredRow } from '../../domain/imports/import.ts'
import { isInPass } from '../../domain/imports/progress.ts'
import { notStoredProblem } from '../../domain/imports/match-row.ts'
import { NO_COUNTS, RowTally, addCounts } from '../../domain/imports/row-tally.ts'
import { SeenRows } from '../../domain/imports/seen-rows.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { updateImport, lockImport, noteProgress } from '../../repositories/imports/import-state.ts'
import type { StoredImport } from '../../repositories/imports/import-state.ts'
import { listNextRows } from '../../repositories/imports/import-rows.ts'
import { renewStatistics } from '../../repositories/imports/statistics.ts'
import {
  clearProblems,
  insertProblems,
  insertResults
} from '../../repositories/imports/write-records.ts'
import { tellOfImported } from '../notifications/steps/tell-of-imported.ts'
import { checkRows } from './steps/check-rows.ts'
import { abandonImport } from './steps/abandon-import.ts'
import { locksOf, readBatch } from './steps/read-batch.ts'
import type { Batch, ParsersOf } from './steps/read-batch.ts'
import { runClients } from './steps/run-clients.ts'
import { runLeads } from './steps/run-leads.ts'
import { undoRows } from './steps/undo-rows.ts'

/** How many rows are taken in one transaction. */
const BATCH_ROWS = 500

/**
 * How many people and own ids one transaction may hold. Each is a place in a table of locks that all
 * of PostgreSQL shares and that has some 7,000 of them as it is set at first: several imports at once
 * have to get along with it, beside all captures.
 */
const MAX_LOCKS = 1_000

/** How often a batch is tried again: what fails may be gone in a moment. */
const MAX_RETRIES = 5

interface ImportWork {
  dealerId: string
  id: string
  now: () => Date
  parsersOf: ParsersOf
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** Whether no other worker would continue it. */
  isLastTry: boolean
}

/**
 * Goes through an import's rows, batch by batch, as its state says: a dry run, the run, or its undo.
 * Each batch records its progress in its own transaction, together with its records. After a crash
 * another worker continues from there, and no row is taken twice. A dry run has written nothing, and
 * begins again. A permanent failure ends the pass and is thrown. Returns how many rows it went
 * through.
 */
export async function runImport(db: Database, work: ImportWork): Promise<number> {
  const { dealerId, id, now, mailDomain } = work
  const begun = await db.transaction(dealerId, (tx) => begin(tx, id, now()))
  if (!begun) return 0
  const seen = begun.state === 'checking' ? new SeenRows(begun.rows) : null
  let done = 0
  let retries = 0
  for (;;) {
    try {
      await renewStatistics(db)
      const count = await db.transaction(dealerId, (tx) => takeBatch(tx, work, seen))
      if (count === null) return done
      done += count
      retries = 0
    } catch (error) {
      retries += 1
      // What a dry run had seen of the batch is seen already, and would be counted as a match.
      if (seen || retries > MAX_RETRIES) {
        if (work.isLastTry || !isPassingFailure(error)) {
          await db.transaction(dealerId, (tx) => abandonImport(tx, id, { now: now(), mailDomain }))
        }
        throw error
      }
      await wait(200 * retries)
    }
  }
}

/** Notes from where on the pass goes, and since when: a pass that is taken up again has another speed. */
async function begin(tx: Transaction, id: string, now: Date): Promise<StoredImport | null> {
  const stored = await lockImport(tx, id)
  if (!stored || !isInPass(stored)) return null
  if (stored.state === 'checking') {
    await clearProblems(tx, id)
    const progress = { processed: 0, check: NO_COUNTS, passStartedAt: now, passStartedRow: 0 }
    await noteProgress(tx, id, progress, now)
    return { ...stored, ...progress }
  }
  // A dry run may have found other problems, by other settings.
  if (stored.state === 'running' && stored.processed === 0) await clearProblems(tx, id)
  const progress = { passStartedAt: now, passStartedRow: stored.processed }
  await noteProgress(tx, id, progress, now)
  return { ...stored, ...progress }
}

/** Returns how many rows it took, or null: all rows are done, or the import was cancelled. */
async function takeBatch(
  tx: Transaction,
  { id, now, parsersOf, mailDomain }: ImportWork,
  seen: SeenRows | null
): Promise<number | null> {
  const stored = await lockImport(tx, id)
  if (!stored || !isInPass(stored) || (stored.state === 'checking') !== (seen !== null)) return null
  if (stored.state === 'undoing') return await undoRows(tx, stored, now())
  const next = await listNextRows(tx, id, { after: stored.processed, limit: BATCH_ROWS })
  if (next.length === 0) {
    await finish(tx, stored, { now: now(), mailDomain })
    return null
  }
  const batch = await readBatch(tx, stored, next, { parsersOf, mailDomain, now: now() })
  return seen ? await check(tx, batch, seen) : await run(tx, batch)
}

async function check(tx: Transaction, batch: Batch, seen: SeenRows): Promise<number> {
  const { stored, now } = batch
  const tally = await checkRows(tx, batch, seen)
  await insertProblems(tx, stored.id, tally.problems)
  const processed = lastOf(batch)
  const counts = addCounts(stored.check ?? NO_COUNTS, tally.counts)
  await noteProgress(tx, stored.id, { processed, check: counts }, now)
  return batch.rows.length
}

async function run(tx: Transaction, whole: Batch): Promise<number> {
  const { batch, locks } = cutToLocks(whole)
  const { stored } = batch
  await tx.lock(locks)
  let { counts } = stored
  for (const tally of await runRows(tx, batch)) {
    await insertResults(tx, stored.id, tally.results)
    await insertProblems(tx, stored.id, tally.problems)
    counts = addCounts(counts, tally.counts)
  }
  await noteProgress(tx, stored.id, { processed: lastOf(batch), counts }, batch.now)
  return batch.rows.length
}

/** The rows together, or by halves where the database refuses some of them: these are bad rows then. */
async function runRows(tx: Transaction, batch: Batch): Promise<RowTally[]> {
  const run = batch.stored.target === 'leads' ? runLeads : runClients
  const tallies: RowTally[] = []
  const failure = await tx.attempt(async () => {
    tallies.push(await run(tx, batch))
  })
  if (!failure) return tallies
  if (!isOfValues(failure.error)) throw failure.error
  const { rows } = batch
  const [first] = rows
  if (first && rows.length === 1) {
    const refused = new RowTally()
    refused.reject([notStoredProblem(first.row)])
    return [refused]
  }
  const middle = Math.ceil(rows.length / 2)
  return [
    ...(await runRows(tx, { ...batch, rows: rows.slice(0, middle) })),
    ...(await runRows(tx, { ...batch, rows: rows.slice(middle) }))
  ]
}

/** As many of the rows as their locks allow; one at least. */
function cutToLocks(whole: Batch): { batch: Batch; locks: string[] } {
  const locks = new Set<string>()
  const { rows } = whole
  let count = 0
  for (const row of rows) {
    const more = locksOf(row)
    if (count > 0 && locks.size + more.length > MAX_LOCKS) break
    for (const lock of more) locks.add(lock)
    count += 1
  }
  return { batch: { ...whole, rows: rows.slice(0, count) }, locks: [...locks] }
}

function lastOf({ rows }: Batch): number {
  const last: StoredRow | undefined = rows.at(-1)?.row
  if (!last) throw new Error('a batch without rows')
  return last.number
}

/** All rows are gone through: a dry run leaves the import as it was, the run is done. */
async function finish(
  tx: Transaction,
  stored: StoredImport,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<void> {
  const { id, actor, counts } = stored
  if (stored.state === 'checking') {
    await updateImport(tx, id, { state: 'ready', finishedAt: now }, now)
    return
  }
  await updateImport(tx, id, { state: 'done', finishedAt: now }, now)
  const data = { operationId: stored.operationId, ...counts }
  await recordEvents(tx, actor, now, [
    { type: 'import.finished', subject: { type: 'import', id }, data }
  ])
  await tellOfImported(tx, stored, { now, mailDomain })
}
