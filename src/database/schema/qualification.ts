import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  jsonb,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { TEAMS } from '../../domain/access/permissions.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { QUALIFICATION_RESULTS } from '../../domain/qualification/form.ts'
import type { ClueFound, FormContent } from '../../domain/qualification/form.ts'
import { HANDOVER_STATES } from '../../domain/qualification/handover.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { leads } from './leads.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

/** A lead that its holder offers to another user or to a team. */
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
    /** When its recipients are told that it ends; null: they are not, or were. */
    warnAt: instant(),
    endedAt: instant(),
    endedBy: uuid(),
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
    indexOfGiven('handovers_to_team', t, t.toTeam, t.id),
    index('handovers_expiring')
      .on(t.dealerId, t.expiresAt)
      .where(sql`${t.state} = 'offered'`),
    index('handovers_ending')
      .on(t.dealerId, t.warnAt)
      .where(sql`${t.state} = 'offered' and ${t.warnAt} is not null`),
    reference(t, t.leadId, leads),
    reference(t, t.fromUserId, users),
    reference(t, t.toUserId, users),
    reference(t, t.endedBy, users)
  ]
)

/** The qualification forms of a dealer: one for each lead type. */
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

/** The result of a qualification, with the form of that time. Append-only. */
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
    // `qualifications_lead` is in migrations/0002_functions.sql: it includes what reports read.
    reference(t, t.leadId, leads)
  ]
)
