import type { Database } from '../database/client.ts'
import type { WatchCommand } from '../use-cases/command.ts'
import { coolLeads } from '../use-cases/scoring/cool-leads.ts'
import { watchActivities } from '../use-cases/activities/watch-activities.ts'
import { watchResponses } from '../use-cases/clock/watch-responses.ts'
import { foldCounts } from '../use-cases/leads/fold-counts.ts'
import { expireLinkRequests } from '../use-cases/clients/expire-link-requests.ts'
import { expireOffers } from '../use-cases/qualification/expire-offers.ts'
import { warnOfOffers } from '../use-cases/qualification/warn-of-offers.ts'
import { watchSources } from '../use-cases/dealers/watch-sources.ts'
import { findDuplicates } from '../use-cases/matching/find-duplicates.ts'
import { watchPersons } from '../use-cases/matching/rekey.ts'
import { sendDigests } from '../use-cases/notifications/send-digests.ts'

/**
 * Does what has come due for one dealer, a bounded number of records at a time, and returns that
 * number. Each locks what it works on and skips what others have locked, so that any number of workers
 * may watch at once.
 */
type Watcher = (db: Database, command: WatchCommand) => Promise<number>

/** Everything that comes due by itself; looked at every minute. */
const WATCHERS: readonly Watcher[] = [
  watchActivities,
  watchResponses,
  warnOfOffers,
  expireOffers,
  expireLinkRequests,
  watchSources,
  sendDigests,
  coolLeads,
  foldCounts,
  watchPersons,
  findDuplicates
]

/** How often one watcher is called for one dealer in a row; the next minute takes what is left. */
const MAX_ROUNDS = 20

/**
 * Does what has come due, dealer by dealer. A watcher that fails for one dealer holds up neither the
 * others nor the other dealers; the first failure is thrown in the end, so that it is logged.
 */
export async function watchTime(
  db: Database,
  { now, mailDomain }: { now: () => Date; mailDomain: string },
  watchers: readonly Watcher[] = WATCHERS
): Promise<number> {
  let done = 0
  const failures: unknown[] = []
  for (const dealerId of await db.listDealerIds()) {
    for (const watcher of watchers) {
      try {
        const failed = (error: unknown) => failures.push(error)
        done += await exhaust(db, watcher, { dealerId, now: now(), mailDomain, failed })
      } catch (error) {
        failures.push(error)
      }
    }
  }
  if (failures.length > 0) throw failures[0]
  return done
}

async function exhaust(db: Database, watcher: Watcher, command: WatchCommand): Promise<number> {
  let done = 0
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const count = await watcher(db, command)
    if (count === 0) break
    done += count
  }
  return done
}
