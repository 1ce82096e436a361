import { sql } from 'drizzle-orm'
import { index, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { ACTIVITY_STATES, ACTIVITY_TYPES, ALL_OUTCOMES } from '../../domain/activities/activity.ts'
import { users } from './access.ts'
import { clients } from './clients/clients.ts'
import { opportunities } from './clients/opportunities.ts'
import { changedIn, createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { leads } from './leads.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

export const activities = table(
  'activities',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    type: enumText(ACTIVITY_TYPES).notNull(),
    state: enumText(ACTIVITY_STATES).notNull(),
    text: text(),
    dueAt: instant(),
    doneAt: instant(),
    /** How it ended: a word of its type's list. */
    outcome: enumText(ALL_OUTCOMES),
    /** Feedback from the user who did the activity to the one who scheduled it. */
    feedback: text(),
    remindAt: instant(),
    /** When its reminder, or then its being overdue, is to be announced; null: nothing is. */
    watchAt: instant(),
    /** The user who does the activity. */
    userId: uuid(),
    /** The user who arranged it, or null: a machine or the system did. */
    createdBy: uuid(),
    leadId: uuid(),
    clientId: uuid(),
    opportunityId: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    changedIn: changedIn()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('activities_changed').on(t.dealerId, t.changedIn, t.id),
    index('activities_updated').on(t.dealerId, t.updatedAt, t.id),
    index('activities_due').on(t.dealerId, t.dueAt, t.id),
    index('activities_user').on(t.dealerId, t.userId, t.dueAt, t.id),
    // `activities_lead` and `activities_done` are in migrations/0002_functions.sql: they include what reports read.
    index('activities_next')
      .on(t.dealerId, t.leadId, t.dueAt, t.id)
      .where(sql`${t.state} = 'planned'`),
    index('activities_planned')
      .on(t.dealerId, t.dueAt, t.id)
      .where(sql`${t.state} = 'planned'`),
    indexOfGiven('activities_watch', t, t.watchAt),
    index('activities_created_by').on(t.dealerId, t.createdBy, t.id),
    index('activities_client').on(t.dealerId, t.clientId, t.id),
    indexOfGiven('activities_opportunity', t, t.opportunityId, t.id),
    reference(t, t.userId, users),
    reference(t, t.createdBy, users),
    reference(t, t.leadId, leads),
    reference(t, t.clientId, clients),
    reference(t, t.opportunityId, opportunities)
  ]
)
