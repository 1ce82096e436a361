import type { Database, Transaction } from '../database/client.ts'
import { SYSTEM_ACTOR } from '../domain/events/event.ts'
import { forgetExpiredTokens } from '../repositories/access/refresh-tokens.ts'
import { forgetRespondedPersons } from '../repositories/auto-responses/responded-persons.ts'
import { forgetHistory } from '../repositories/history-end.ts'
import type { EndingHistory } from '../repositories/history-end.ts'
import { forgetResponses } from '../repositories/idempotency.ts'
import { findStaleImports } from '../repositories/imports/imports.ts'
import { removeImport } from '../use-cases/imports/remove-import.ts'

/** For how many days records are kept that only grow; 0: as long as the lead. */
export interface Retention {
  messageDays: number
  notificationDays: number
  payloadDays: number
}

/** How long an import that never ran is kept, and how many of one dealer are removed at a time. */
const IMPORT_DAYS = 7
const MAX_IMPORTS = 100

/** How many rows one transaction removes, and how many of them there are of one kind in a row. */
const BATCH_ROWS = 1_000
const MAX_BATCHES = 200

/** Removes so many at most, and returns how many there were. */
type Forget = (tx: Transaction, now: Date, limit: number) => Promise<number>

/** What has ended by itself. */
const ENDED: readonly Forget[] = [forgetResponses, forgetExpiredTokens, forgetRespondedPersons]

/**
 * Removes what has ended, dealer by dealer: stored responses for repeats, expired sessions, unused files, and
 * history at the end of its retention. In short transactions that skip what others have locked, so that any
 * number of workers may do it at once. What fails for one dealer holds up no other; the first failure is thrown
 * in the end.
 */
export async function runHousekeeping(
  db: Database,
  { now, retention }: { now: Date; retention: Retention }
): Promise<void> {
  const failures: unknown[] = []
  for (const dealerId of await db.listDealerIds()) {
    try {
      for (const forget of ENDED) {
        await inBatches(() => db.transaction(dealerId, (tx) => forget(tx, now, BATCH_ROWS)))
      }
      await forgetOldHistory(db, { dealerId, now, retention })
      await removeStaleImports(db, dealerId, now)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Removes the windows of limits that have ended. */
export async function forgetCounts(db: Database): Promise<void> {
  await inBatches(() => db.forgetCounted(BATCH_ROWS))
}

/** Goes on as long as batches are full; the next time takes what is left. */
async function inBatches(batch: () => Promise<number>): Promise<void> {
  for (let round = 0; round < MAX_BATCHES; round += 1) {
    if ((await batch()) < BATCH_ROWS) return
  }
}

async function forgetOldHistory(
  db: Database,
  { dealerId, now, retention }: { dealerId: string; now: Date; retention: Retention }
): Promise<void> {
  const { messageDays, notificationDays, payloadDays } = retention
  // Digests follow their notifications.
  const kept: readonly [EndingHistory, number][] = [
    ['messages', messageDays],
    ['notifications', notificationDays],
    ['digests', notificationDays],
    ['payloads', payloadDays]
  ]
  for (const [what, days] of kept) {
    if (days === 0) continue
    const before = new Date(now.getTime() - days * 86_400_000)
    let after = FIRST_ID
    await inBatches(async () => {
      const batch = { what, before, after, limit: BATCH_ROWS }
      const { lastId, looked } = await db.transaction(dealerId, (tx) => forgetHistory(tx, batch))
      after = lastId ?? after
      return looked
    })
  }
}

/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

async function removeStaleImports(db: Database, dealerId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - IMPORT_DAYS * 86_400_000)
  const stale = await db.transaction(dealerId, (tx) => findStaleImports(tx, since, MAX_IMPORTS))
  const principal = { dealerId }
  for (const importId of stale) {
    await removeImport(db, { principal, actor: SYSTEM_ACTOR, importId, now })
  }
}
