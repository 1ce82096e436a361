import type { PgTable } from 'drizzle-orm/pg-core'

/** How strongly a record is locked until the transaction ends. */
export type Lock = 'update' | 'no key update' | 'share' | 'key share'

/** A select, whose records are locked where that is asked. Each repository finds and locks by one select. */
export function lockedIf<Query extends { for: (lock: Lock, of: { of: PgTable }) => unknown }>(
  query: Query,
  lock: Lock | undefined,
  table: PgTable
): Query {
  return lock ? (query.for(lock, { of: table }) as Query) : query
}
