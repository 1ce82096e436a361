import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** The id and name of a joined row. Null when there is none. */
export function reference({ id, name }: Record<'id' | 'name', PgColumn>): SQL {
  return sql`case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`
}
