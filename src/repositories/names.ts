import type { Transaction } from '../database/client.ts'
import { statement } from '../database/statement.ts'

const NAMES = statement(
  'names',
  { ids: 'uuid[]' },
  ['statuses', 'users', 'queues', 'api_keys']
    .map((table) => `select id, name from ${table} where dealer_id = :dealerId and id = any (:ids)`)
    .join(' union all ')
).returning<{ id: string; name: string }>()

/**
 * What the dealer calls these: its statuses, users, queues and API keys. Other ids, and those of what
 * has been removed, have no name here.
 */
export async function findNames(
  tx: Transaction,
  ids: readonly string[]
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.run(NAMES, { ids })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
