import type { Transaction } from '../database/client.ts'
import { statement } from '../database/statement.ts'

/** What retention settings end. Messages go with the attempts of their deliveries. */
export type EndingHistory = 'messages' | 'payloads' | 'notifications' | 'digests'

interface ForgottenBatch {
  /** The last id that was looked at; null: there was none. */
  lastId: string | null
  looked: number
  gone: number
}

const FORGET = statement(
  'forget-history',
  { what: 'text', before: 'timestamptz', after: 'uuid', limit: 'integer' },
  `select last_id as "lastId", looked, gone from forget_history(:what, :before, :after, :limit)`
).returning<ForgottenBatch>()

/**
 * Looks at so many records from before a time, those after an id, and removes all that nothing needs. What is
 * younger than 30 days stays in any case.
 */
export async function forgetHistory(
  tx: Transaction,
  batch: { what: EndingHistory; before: Date; after: string; limit: number }
): Promise<ForgottenBatch> {
  const [row] = await tx.run(FORGET, batch)
  if (!row) throw new Error('no history was looked at')
  return row
}
