import { sql } from 'drizzle-orm'
import {
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { TEAMS } from '../../domain/access/permissions.ts'
import { ACTIVITY_STATES, ACTIVITY_TYPES, ALL_OUTCOMES } from '../../domain/activities/activity.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { HANDOVER_STATES } from '../../domain/qualification/handover.ts'
import { QUALIFICATION_RESULTS } from '../../domain/qualification/form.ts'
import type { ClueFound, FormContent } from '../../domain/qualification/form.ts'
import { RULE_SET_KINDS, RULE_SET_STATES } from '../../domain/rules/rule-set.ts'
import { ENGAGEMENT_TYPES } from '../../domain/scoring/engagement.ts'
import { RECOMPUTATION_STATES } from '../../domain/scoring/recomputation.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { enumText, table } from './table.ts'
import { dealers, users } from './dealers.ts'
import { clients, leads } from './leads.ts'
import { opportunities } from './opportunities.ts'

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
    /** What whoever did it tells whoever arranged it. */
    feedback: text(),
    remindAt: instant(),
    /** When its reminder, or then its being overdue, is to be announced; null: nothing is. */
    watchAt: instant(),
    /** Whose it is. */
    userId: uuid(),
    /** The user who arranged it, or null: a machine or the system did. */
    createdBy: uuid(),
    leadId: uuid(),
    clientId: uuid(),
    opportunityId: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('activities_due').on(t.dealerId, t.dueAt, t.id),
    index('activities_user').on(t.dealerId, t.userId, t.dueAt, t.id),
    index('activities_lead').on(t.dealerId, t.leadId, t.id),
    index('activities_next')
      .on(t.dealerId, t.leadId, t.dueAt, t.id)
      .where(sql`${t.state} = 'planned'`),
    index('activities_planned')
      .on(t.dealerId, t.dueAt, t.id)
      .where(sql`${t.state} = 'planned'`),
    index('activities_watch')
      .on(t.dealerId, t.watchAt)
      .where(sql`${t.watchAt} is not null`),
    // What somebody did in a period.
    index('activities_done')
      .on(t.dealerId, t.doneAt, t.id)
      .where(sql`${t.doneAt} is not null`),
    index('activities_created_by').on(t.dealerId, t.createdBy, t.id),
    index('activities_client').on(t.dealerId, t.clientId, t.id),
    index('activities_opportunity')
      .on(t.dealerId, t.opportunityId, t.id)
      .where(sql`${t.opportunityId} is not null`),
    foreignKey({ columns: [t.dealerId, t.userId], foreignColumns: [users.dealerId, users.id] }),
    foreignKey({ columns: [t.dealerId, t.createdBy], foreignColumns: [users.dealerId, users.id] }),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] }),
    foreignKey({
      columns: [t.dealerId, t.clientId],
      foreignColumns: [clients.dealerId, clients.id]
    }),
    foreignKey({
      columns: [t.dealerId, t.opportunityId],
      foreignColumns: [opportunities.dealerId, opportunities.id]
    })
  ]
)

/**
 * What a lead's people did about it, by the activities there are: computed anew whenever one of them
 * changes. Working seconds are those of the hours that held then.
 */
export const leadClocks = table(
  'lead_clocks',
  {
    dealerId: dealerId(),
    leadId: uuid().notNull(),
    /** Somebody first tried to reach the person. */
    attemptedAt: instant(),
    attemptedWorkingSeconds: integer(),
    /** Somebody first spoke or wrote with the person. */
    reachedAt: instant(),
    reachedWorkingSeconds: integer(),
    /** Somebody first met the person. */
    metAt: instant(),
    metWorkingSeconds: integer(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.leadId] }),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] })
  ]
)

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

/** Whose turn it is under one entry of the assignment rules. Entries keep their ids from version to version. */
export const assignmentTurns = table(
  'assignment_turns',
  {
    dealerId: dealerId().references(() => dealers.id),
    entryId: uuid().notNull(),
    lastUserId: uuid(),
    /** What each user is owed under weighted turns. */
    credits: jsonb().$type<Record<string, number>>().notNull()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.entryId] })]
)

/** A lead offered by whoever has it to somebody else, or to a team. */
export const handovers = table(
  'handovers',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    state: enumText(HANDOVER_STATES).notNull(),
    fromUserId: uuid(),
    toUserId: uuid(),
    toTeam: enumText(TEAMS),
    message: text(),
    /** Why it was declined. */
    reason: text(),
    expiresAt: instant(),
    answeredAt: instant(),
    answeredBy: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    uniqueIndex('handovers_one_open')
      .on(t.dealerId, t.leadId)
      .where(sql`${t.state} = 'offered'`),
    index('handovers_lead').on(t.dealerId, t.leadId, t.id),
    index('handovers_from').on(t.dealerId, t.fromUserId, t.id),
    index('handovers_to_user').on(t.dealerId, t.toUserId, t.id),
    index('handovers_to_team')
      .on(t.dealerId, t.toTeam, t.id)
      .where(sql`${t.toTeam} is not null`),
    index('handovers_expiring')
      .on(t.dealerId, t.expiresAt)
      .where(sql`${t.state} = 'offered'`),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] }),
    foreignKey({ columns: [t.dealerId, t.fromUserId], foreignColumns: [users.dealerId, users.id] }),
    foreignKey({ columns: [t.dealerId, t.toUserId], foreignColumns: [users.dealerId, users.id] }),
    foreignKey({ columns: [t.dealerId, t.answeredBy], foreignColumns: [users.dealerId, users.id] })
  ]
)

/** What a dealer asks to know whether a lead is worth selling to: one form a lead type. */
export const qualificationForms = table(
  'qualification_forms',
  {
    dealerId: dealerId().references(() => dealers.id),
    leadType: enumText(LEAD_TYPES).notNull(),
    content: jsonb().$type<FormContent>().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.leadType] })]
)

/** What somebody found out about a lead, by the form as it was then. Append-only. */
export const qualifications = table(
  'qualifications',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    result: enumText(QUALIFICATION_RESULTS).notNull(),
    total: real().notNull(),
    clues: jsonb().$type<ClueFound[]>().notNull(),
    form: jsonb().$type<FormContent>().notNull(),
    formVersion: integer().notNull(),
    note: text(),
    reason: text(),
    followUpId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('qualifications_lead').on(t.dealerId, t.leadId, t.id),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] })
  ]
)

/** What the person of a lead did, as trackers tell it. Append-only. */
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
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] })
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
    foreignKey({
      columns: [t.dealerId, t.ruleSetId],
      foreignColumns: [ruleSets.dealerId, ruleSets.id]
    })
  ]
)
