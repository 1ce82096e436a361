import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { PostalAddress } from '../../domain/leads/lead.ts'
import { GRANTS, ROLES, SCOPES, TEAMS } from '../../domain/access/permissions.ts'
import { STAFF_MAIL_PURPOSES } from '../../domain/deliveries/delivery.ts'
import { SOURCE_KINDS } from '../../domain/dealers/source.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import type { Absence } from '../../domain/access/user.ts'
import type { WorkingHours } from '../../domain/clock/working-hours.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { enumText, table } from './table.ts'

/** The tenants. A small reference table: its key is the `dealer_id` of every other. */
export const dealers = table('dealers', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique('dealers_slug_key'),
  locale: enumText(LOCALES).notNull(),
  timeZone: text().notNull(),
  country: text().notNull(),
  currency: text().notNull(),
  email: text(),
  phone: text(),
  url: text(),
  address: jsonb().$type<PostalAddress>(),
  settings: jsonb().$type<DealerSettings>().notNull(),
  /** Null: every minute counts as working time. */
  workingHours: jsonb().$type<WorkingHours>(),
  version: version(),
  createdAt: createdAt(),
  updatedAt: updatedAt()
})

/**
 * Which dealer a public referral code belongs to: asked before any tenant is known, so it stands
 * apart, unreadable to the application's role but through `directory.dealer_by_referral_code`.
 */
export const directory = pgSchema('directory')
export const referralCodes = directory.table('referral_codes', {
  code: text().primaryKey(),
  dealerId: dealerId().references(() => dealers.id)
})

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
    /** Nobody is given leads while absent. */
    absences: jsonb().$type<Absence[]>().notNull().default([]),
    /** Null: the dealer's. */
    workingHours: jsonb().$type<WorkingHours>(),
    /** How many leads rules give them on one day, or null: any number. */
    capacityPerDay: smallint(),
    /** BCP 47. */
    languages: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Mails they do not want. */
    mutedPurposes: enumText(STAFF_MAIL_PURPOSES)
      .array()
      .notNull()
      .default(sql`'{}'`),
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
    index('users_team')
      .on(t.dealerId, t.team)
      .where(sql`${t.team} is not null`)
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
    foreignKey({ columns: [t.dealerId, t.userId], foreignColumns: [users.dealerId, users.id] })
  ]
)

export const sources = table(
  'sources',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    kind: enumText(SOURCE_KINDS).notNull(),
    active: boolean().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('sources_key_key').on(t.dealerId, t.key)
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
    foreignKey({
      columns: [t.dealerId, t.sourceId],
      foreignColumns: [sources.dealerId, sources.id]
    })
  ]
)

export const statuses = table(
  'statuses',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    group: enumText(STATUS_GROUPS).notNull(),
    color: text(),
    position: smallint().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('statuses_name_key').on(t.dealerId, t.name),
    index('statuses_group').on(t.dealerId, t.group, t.position)
  ]
)

export const queues = table(
  'queues',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    isDefault: boolean().notNull(),
    /** Null: the dealer's. */
    workingHours: jsonb().$type<WorkingHours>(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('queues_name_key').on(t.dealerId, t.name),
    uniqueIndex('queues_one_default')
      .on(t.dealerId)
      .where(sql`${t.isDefault}`)
  ]
)

export const queueMembers = table(
  'queue_members',
  {
    dealerId: dealerId(),
    queueId: uuid().notNull(),
    userId: uuid().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.queueId, t.userId] }),
    index('queue_members_user').on(t.dealerId, t.userId),
    foreignKey({ columns: [t.dealerId, t.queueId], foreignColumns: [queues.dealerId, queues.id] }),
    foreignKey({ columns: [t.dealerId, t.userId], foreignColumns: [users.dealerId, users.id] })
  ]
)

/** What a dealer calls its teams. The teams themselves are fixed, and behaviour hangs on their keys. */
export const teams = table(
  'teams',
  {
    dealerId: dealerId().references(() => dealers.id),
    key: enumText(TEAMS).notNull(),
    name: text().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.key] })]
)
