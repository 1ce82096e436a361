import type { Database } from '../database/client.ts'
import { forgetExpiredTokens } from '../repositories/access/refresh-tokens.ts'
import { SYSTEM_ACTOR } from '../domain/events/event.ts'
import { deleteOldResponses } from '../repositories/idempotency.ts'
import { findStaleImports } from '../repositories/imports/imports.ts'
import { removeImport } from '../use-cases/imports/remove-import.ts'

/** How long an import that never ran is kept, and how many of one dealer are removed at a time. */
const IMPORT_DAYS = 7
const MAX_IMPORTS = 100

/**
 * Deletes expired data: counts of requests, and dealer by dealer stored responses for repeats, expired sessions, unused
 * files.
 */
export async function runHousekeeping(db: Database, now: Date): Promise<void> {
  await db.forgetCounted()
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
