import { sql } from 'drizzle-orm'
import type { Column, SQL } from 'drizzle-orm'

import { notifications } from '../../database/schema.ts'

/** The client of the record that a notification is about, else the client that it names itself. */
export function toldClientId(...ofRecords: readonly Column[]): SQL<string | null> {
  const own = sql`(${notifications.facts}->>'clientId')::uuid`
  return sql<string | null>`coalesce(${sql.join([...ofRecords, own], sql`, `)})`
}
