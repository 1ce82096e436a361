import type { Database } from './client.ts'
import { statement } from './statement.ts'

const CONNECTION_LIMIT = statement(
  'connection-limit',
  {},
  `select least(
     current_setting('max_connections')::integer
       - current_setting('superuser_reserved_connections')::integer
       - coalesce(current_setting('reserved_connections', true)::integer, 0),
     nullif(r.rolconnlimit, -1),
     nullif(d.datconnlimit, -1)) as most
   from pg_roles r, pg_database d
   where r.rolname = current_user and d.datname = current_database()`
).returning<{ most: number }>()

/** How many connections PostgreSQL takes from the service's roles. */
export async function readConnectionLimit(db: Database): Promise<number> {
  const row = await db.findByFunction(CONNECTION_LIMIT, {})
  if (!row) throw new Error('the role or the database of a connection was not found')
  return row.most
}
