import { index, integer, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'

import { ENGAGEMENT_TYPES } from '../../domain/scoring/engagement.ts'
import { RECOMPUTATION_STATES } from '../../domain/scoring/recomputation.ts'
import { createdAt, dealerId, instant, updatedAt } from './columns.ts'
import { leads } from './leads.ts'
import { ruleSets } from './rules.ts'
import { enumText, reference, table } from './table.ts'

/** The actions of a lead's person, reported by trackers. Append-only. */
export const engagements = table(
  'engagements',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    type: enumText(ENGAGEMENT_TYPES).notNull(),
    weight: real().notNull(),
    page: text(),
    occurredAt: instant().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('engagements_lead').on(t.dealerId, t.leadId, t.occurredAt, t.id),
    reference(t, t.leadId, leads)
  ]
)

/** One run over all leads after scoring rules were published; goes on where it stopped. */
export const recomputations = table(
  'recomputations',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    ruleSetId: uuid().notNull(),
    state: enumText(RECOMPUTATION_STATES).notNull(),
    total: integer().notNull(),
    done: integer().notNull(),
    lastLeadId: uuid(),
    startedAt: instant(),
    finishedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('recomputations_rule_set').on(t.dealerId, t.ruleSetId, t.id),
    reference(t, t.ruleSetId, ruleSets)
  ]
)
