import type { Database } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'

/** No more tables than an import writes to. */
const MAX_TABLES = 8

const RENEW = statement(
  'import-renew-statistics',
  {},
  'select renew_statistics() as "isRenewed"'
).returning<{ isRenewed: boolean }>()

/**
 * Renews PostgreSQL's statistics of tables that have outgrown them, each in a transaction of its own:
 * plans are made anew then, those a connection keeps as well.
 */
export async function renewStatistics(db: Database): Promise<void> {
  for (let count = 0; count < MAX_TABLES; count += 1) {
    const renewal = await db.findByFunction(RENEW, {})
    if (!renewal?.isRenewed) return
  }
}
