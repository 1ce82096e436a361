import { sql } from 'drizzle-orm'
import { bigint, customType, integer, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * Columns that stand in many tables, spelled once.
 *
 * Times have millisecond precision: a JavaScript `Date` holds no more, and a page cursor made of one
 * would skip rows whose microseconds it lost.
 */
export const instant = () => timestamp({ precision: 3, withTimezone: true, mode: 'date' })

/** The tenant. First column of every primary key, so that PostgreSQL can be sharded by it. */
export const dealerId = () => uuid().notNull()

export const createdAt = () => instant().notNull()
export const updatedAt = () => instant().notNull()

/** Counts changes; sent as `ETag`. */
export const version = () => integer().notNull().default(1)

/**
 * The transaction that last wrote the row, as a number. A trigger sets it (`migrations/0002_functions.sql`);
 * lists of changes are in its order (`repositories/changes.ts`).
 */
export const changedIn = () =>
  bigint({ mode: 'number' })
    .notNull()
    .default(sql`0`)

/** Text compared byte by byte in every database locale, so that a range finds a prefix. */
export const bytewiseText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/** Bytes as they are. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
