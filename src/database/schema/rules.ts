import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { RULE_SET_KINDS, RULE_SET_STATES } from '../../domain/rules/rule-set.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { enumText, table } from './table.ts'

/** Versions of what a dealer lays down about routing or scoring: drafts, the one that holds, those before. */
export const ruleSets = table(
  'rule_sets',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    kind: enumText(RULE_SET_KINDS).notNull(),
    state: enumText(RULE_SET_STATES).notNull(),
    /** Counts publications of its kind; null: it has not been published. */
    number: integer(),
    note: text(),
    content: jsonb().notNull(),
    publishedAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('rule_sets_number_key').on(t.dealerId, t.kind, t.number),
    uniqueIndex('rule_sets_one_published')
      .on(t.dealerId, t.kind)
      .where(sql`${t.state} = 'published'`),
    index('rule_sets_created').on(t.dealerId, t.kind, t.createdAt, t.id)
  ]
)
