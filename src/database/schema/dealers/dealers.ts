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

import { TEAMS } from '../../../domain/access/permissions.ts'
import type { WorkingHours } from '../../../domain/clock/working-hours.ts'
import { LOCALES } from '../../../domain/dealers/dealer.ts'
import type { DealerSettings } from '../../../domain/dealers/dealer.ts'
import { SOURCE_KINDS } from '../../../domain/dealers/source.ts'
import { REASONED_GROUPS } from '../../../domain/dealers/status-reason.ts'
import type { PostalAddress } from '../../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../../domain/leads/status-groups.ts'
import { createdAt, dealerId, instant, updatedAt, version } from '../columns.ts'
import { enumText, table } from '../table.ts'

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
  /** Another one after each change of what processes remember of the dealer: see `dealer-memory.ts`. */
  stamp: uuid().notNull().defaultRandom(),
  version: version(),
  createdAt: createdAt(),
  updatedAt: updatedAt()
})

export const sources = table(
  'sources',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    kind: enumText(SOURCE_KINDS).notNull(),
    active: boolean().notNull(),
    lenient: boolean().notNull(),
    /** Hours without a lead after which it counts as quiet; null: by its usual traffic. */
    quietAfterHours: smallint(),
    /** When it is next looked at for having gone quiet. */
    watchAt: instant().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('sources_key_key').on(t.dealerId, t.key),
    uniqueIndex('sources_name_key').on(t.dealerId, sql`lower(${t.name})`),
    index('sources_watch')
      .on(t.dealerId, t.watchAt)
      .where(sql`${t.active}`)
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
    uniqueIndex('statuses_name_key').on(t.dealerId, sql`lower(${t.name})`),
    index('statuses_group').on(t.dealerId, t.group, t.position)
  ]
)

/** The reasons for which leads are lost or deleted. */
export const statusReasons = table(
  'status_reasons',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    group: enumText(REASONED_GROUPS).notNull(),
    position: smallint().notNull(),
    active: boolean().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('status_reasons_key_key').on(t.dealerId, t.key),
    uniqueIndex('status_reasons_name_key').on(t.dealerId, t.group, sql`lower(${t.name})`)
  ]
)

/** The names of a dealer's teams. The teams themselves are fixed; rules refer to their keys. */
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
  (t) => [
    primaryKey({ columns: [t.dealerId, t.key] }),
    uniqueIndex('teams_name_key').on(t.dealerId, sql`lower(${t.name})`)
  ]
)
