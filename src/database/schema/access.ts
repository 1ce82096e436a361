import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  jsonb,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { GRANTS, ROLES, SCOPES, TEAMS } from '../../domain/access/permissions.ts'
import type { Absence } from '../../domain/access/user.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import { LOCALES } from '../../domain/dealers/dealer.ts'
import { USUAL_DIGEST_TIME } from '../../domain/notifications/kinds.ts'
import type { ChosenModes } from '../../domain/notifications/kinds.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers, sources } from './dealers/dealers.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

export const users = table(
  'users',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    email: text().notNull(),
    name: text().notNull(),
    phone: text(),
    role: enumText(ROLES).notNull(),
    team: enumText(TEAMS),
    grants: enumText(GRANTS).array().notNull(),
    active: boolean().notNull(),
    /** Absent users are not assigned leads. */
    absences: jsonb().$type<Absence[]>().notNull().default([]),
    /** Null: the dealer's. */
    workingHours: jsonb().$type<WorkingHours>(),
    /** How many leads rules give them on one day, or null: any number. */
    capacityPerDay: smallint(),
    /** The language of their mails and pages. Null: the dealer's. */
    locale: enumText(LOCALES),
    /** BCP 47. */
    languages: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** How they are told, by kind; of the others, the usual way. */
    notificationModes: jsonb().$type<ChosenModes>().notNull().default({}),
    /** When they get their daily digest: `HH:MM` by the clocks of the dealer. */
    digestTime: text().notNull().default(USUAL_DIGEST_TIME),
    passwordHash: text(),
    /** SHA-256 of the secret in the address of their calendar feed. */
    calendarHash: text(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('users_email_key').on(t.dealerId, t.email),
    uniqueIndex('users_calendar_hash_key')
      .on(t.dealerId, t.calendarHash)
      .where(sql`${t.calendarHash} is not null`),
    indexOfGiven('users_team', t, t.team)
  ]
)

/** One refresh token of a chain. Using one twice means it was stolen, and ends its family. */
export const refreshTokens = table(
  'refresh_tokens',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    userId: uuid().notNull(),
    familyId: uuid().notNull(),
    tokenHash: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    revokedAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('refresh_tokens_hash_key').on(t.dealerId, t.tokenHash),
    index('refresh_tokens_family').on(t.dealerId, t.familyId),
    index('refresh_tokens_user').on(t.dealerId, t.userId),
    // For housekeeping.
    index('refresh_tokens_expires').on(t.dealerId, t.expiresAt),
    reference(t, t.userId, users)
  ]
)

export const apiKeys = table(
  'api_keys',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** The visible beginning, by which people tell keys apart. */
    prefix: text().notNull(),
    keyHash: text().notNull(),
    scopes: enumText(SCOPES).array().notNull(),
    sourceId: uuid(),
    lenient: boolean().notNull(),
    expiresAt: instant(),
    revokedAt: instant(),
    lastUsedAt: instant(),
    createdBy: text(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('api_keys_hash_key').on(t.dealerId, t.keyHash),
    reference(t, t.sourceId, sources)
  ]
)
