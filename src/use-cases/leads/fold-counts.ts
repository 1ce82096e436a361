import type { Database } from '../../database/client.ts'
import { foldLeadCounts } from '../../repositories/leads/lead-counts.ts'
import type { WatchCommand } from '../command.ts'

/** Sums up the counts of leads, which grow by a row with each change. Their sums stay the same. */
export async function foldCounts(
  db: Database,
  { dealerId }: Pick<WatchCommand, 'dealerId'>
): Promise<number> {
  return await db.transaction(dealerId, foldLeadCounts)
}
