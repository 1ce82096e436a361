import type { Transaction } from '../database/client.ts'

const NAMES = `
select id, name from statuses where dealer_id = $1 and id = any($2::uuid[])
union all select id, name from users where dealer_id = $1 and id = any($2::uuid[])
union all select id, name from queues where dealer_id = $1 and id = any($2::uuid[])
union all select id, name from api_keys where dealer_id = $1 and id = any($2::uuid[])`

/**
 * What the dealer calls these: its statuses, users, queues and API keys. Other ids, and those of what
 * has been removed, have no name here.
 */
export async function findNames(
  tx: Transaction,
  ids: readonly string[]
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string }>('names', NAMES, [tx.dealerId, ids])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
