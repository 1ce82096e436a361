import type { Database, Transaction } from '../../database/client.ts'
import { NORMALISER_VERSION } from '../../domain/matching/person-form.ts'
import { newId } from '../../ids.ts'
import { replacePersons } from '../../repositories/leads/person-keys.ts'
import {
  countPersons,
  findLatestRekeying,
  insertRekeying,
  lockNextPersons,
  lockRekeying,
  updateRekeying
} from '../../repositories/matching/rekeyings.ts'
import type { WatchCommand } from '../command.ts'

/** How many records are put right in one transaction, and locked for as long. */
const BATCH = 200

/** Has the persons of a dealer written anew, once the program has a newer normaliser. Returns whether, as 0 or 1. */
export async function watchPersons(
  db: Database,
  { dealerId, now }: Pick<WatchCommand, 'dealerId' | 'now'>
): Promise<number> {
  return await db.transaction(dealerId, async (tx) => {
    const latest = await findLatestRekeying(tx)
    if ((latest?.version ?? 0) >= NORMALISER_VERSION) return 0
    return Number(await insertRekeying(tx, { id: newId(), version: NORMALISER_VERSION, now }))
  })
}

/**
 * Writes the forms and keys of a dealer's persons anew, batch by batch, and returns how many. Each batch notes how
 * far it came in its own transaction: after a crash the run goes on from there. It ends early where the run is of
 * another version than this program's.
 */
export async function rekey(
  db: Database,
  { dealerId, id, now }: { dealerId: string; id: string; now: () => Date }
): Promise<number> {
  let written = 0
  for (;;) {
    const count = await db.transaction(dealerId, (tx) => rekeyBatch(tx, id, now()))
    if (count === null) return written
    written += count
  }
}

/** Returns how many persons it wrote, or null: there is nothing left to do. */
async function rekeyBatch(tx: Transaction, id: string, now: Date): Promise<number | null> {
  const run = await lockRekeying(tx, id)
  if (!run || run.state === 'done' || run.version !== NORMALISER_VERSION) return null
  const isBegun = run.state === 'running'
  const begun = {
    ...run,
    state: 'running' as const,
    total: isBegun ? run.total : await countPersons(tx),
    startedAt: run.startedAt ?? now
  }
  const { recordType } = run
  const next = await lockNextPersons(tx, recordType, { after: run.lastRecordId, limit: BATCH })
  const last = next.at(-1)
  if (!last) {
    const isEnd = recordType === 'lead'
    const end = isEnd
      ? { state: 'done' as const, finishedAt: now }
      : { recordType: 'lead' as const, lastRecordId: null }
    await updateRekeying(tx, { ...begun, ...end }, now)
    return isEnd ? null : 0
  }
  const stale = next.filter(({ version }) => version !== NORMALISER_VERSION)
  await replacePersons(tx, recordType, stale)
  const done = run.done + next.length
  await updateRekeying(tx, { ...begun, done, lastRecordId: last.id }, now)
  return stale.length
}
