import type { Logger } from 'pino'

import type { Database } from '../database/client.ts'

/** How long a due delivery waits before a line of the log says so, in seconds: workers look twice a second. */
const LONG_SECONDS = 300

const LOOK_MS = 60_000

/**
 * Warns while deliveries are due and no worker takes them in time: none runs, too few do, or none finds them.
 * Returns what ends it.
 */
export function watchDelays(db: Database, logger: Logger, lookMs = LOOK_MS): () => void {
  const look = async () => {
    // A database that does not respond is told of elsewhere.
    const seconds = Math.floor(await db.readDeliveryDelay().catch(() => 0))
    if (seconds >= LONG_SECONDS) {
      logger.warn({ seconds }, 'deliveries are due and no worker takes them')
    }
  }
  const timer = setInterval(() => void look(), lookMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
