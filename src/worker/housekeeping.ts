import type { Database } from '../database/client.ts'
import {
  enqueueDeliveries,
  findForgottenDeliveries
} from '../repositories/deliveries/deliveries.ts'
import { forgetExpiredTokens } from '../repositories/access/refresh-tokens.ts'
import { SYSTEM_ACTOR } from '../domain/events/event.ts'
import { deleteOldResponses } from '../repositories/idempotency.ts'
import { findStaleImports } from '../repositories/imports/imports.ts'
import { removeImport } from '../use-cases/imports/remove-import.ts'

/** Longer than any attempt can take: what is overdue for so long has lost its job. */
const FORGOTTEN_MINUTES = 10

/** How many deliveries of one dealer are enqueued again at a time; the next round takes more. */
const MAX_FOUND = 500

/** How long an import that never ran is kept, and how many of one dealer are removed at a time. */
const IMPORT_DAYS = 7
const MAX_IMPORTS = 100

/**
 * Deletes expired data, dealer by dealer: stored responses for repeats, expired sessions, unused
 * files.
 */
export async function runHousekeeping(db: Database, now: Date): Promise<void> {
  for (const dealerId of await db.listDealerIds()) {
    await db.transaction(dealerId, async (tx) => {
      await deleteOldResponses(tx, now)
      await forgetExpiredTokens(tx, now)
    })
    await removeStaleImports(db, dealerId, now)
  }
}

async function removeStaleImports(db: Database, dealerId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - IMPORT_DAYS * 86_400_000)
  const stale = await db.transaction(dealerId, (tx) => findStaleImports(tx, since, MAX_IMPORTS))
  const principal = { dealerId }
  for (const importId of stale) {
    await removeImport(db, { principal, actor: SYSTEM_ACTOR, importId, now })
  }
}

/**
 * Enqueues deliveries that are owed and have no job any more, and returns how many there were. It
 * takes a chain of accidents, such as a worker that wakes up after it was given up and ends a job
 * that another one was killed over; but what is owed is sent.
 */
export async function findForgotten(db: Database, now: Date): Promise<number> {
  const since = new Date(now.getTime() - FORGOTTEN_MINUTES * 60_000)
  let found = 0
  for (const dealerId of await db.listDealerIds()) {
    found += await db.transaction(dealerId, async (tx) => {
      const ids = await findForgottenDeliveries(tx, since, MAX_FOUND)
      if (ids.length > 0) await enqueueDeliveries(tx, ids)
      return ids.length
    })
  }
  return found
}
