import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import {
  ACTOR_TYPES,
  EVENT_SUBJECTS,
  EVENT_TYPES,
  MOVE_EVENTS,
  STATUS_MOVE_EVENTS,
  WORK_MOVE_EVENTS
} from '../../domain/events/event.ts'
import { createdAt, dealerId } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { enumText, indexOfGiven, table } from './table.ts'
import { sqlList } from '../sql-list.ts'

/** Moves that undo no other. */
const IS_STATUS_MOVE = `type in (${sqlList(STATUS_MOVE_EVENTS)})`

/** Moves that a user made by working on the lead: no machine, and none that followed from another change. */
const IS_WORK = `type in (${sqlList(WORK_MOVE_EVENTS)}) and actor_type = 'user' and data->>'code' is null`

const MOVES = sql.raw(sqlList(MOVE_EVENTS))

/** Append-only: the application may insert and read, nothing else. Ids ascend with time. */
export const events = table(
  'events',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    type: enumText(EVENT_TYPES).notNull(),
    subjectType: enumText(EVENT_SUBJECTS).notNull(),
    subjectId: uuid().notNull(),
    leadId: uuid(),
    clientId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    // Of moves: what the lead left, which reports count by. PostgreSQL takes it from `data`.
    leftGroup: text().generatedAlwaysAs(
      sql.raw(`case when ${IS_STATUS_MOVE} then data->>'fromGroup' end`)
    ),
    leftStatusId: uuid().generatedAlwaysAs(
      sql.raw(`case when ${IS_STATUS_MOVE} then (data->>'fromStatusId')::uuid end`)
    ),
    stoodSeconds: bigint({ mode: 'number' }).generatedAlwaysAs(
      sql.raw(`case when ${IS_STATUS_MOVE} then (data->>'stoodSeconds')::bigint end`)
    ),
    /** Of moves that are work on the lead: the user. */
    workedBy: uuid().generatedAlwaysAs(sql.raw(`case when ${IS_WORK} then actor_id end`))
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    indexOfGiven('events_lead', t, t.leadId, t.id),
    indexOfGiven('events_client', t, t.clientId, t.id),
    index('events_type').on(t.dealerId, t.type, t.id),
    // Its way through status groups, beside which a lead may have any number of other events.
    index('events_lead_moves')
      .on(t.dealerId, t.leadId, t.id)
      .where(sql`${t.type} in (${MOVES})`),
    // Who had a lead when, for reports.
    index('events_assigned')
      .on(t.dealerId, t.leadId, t.id)
      .where(sql`${t.type} = 'lead.assigned'`)
    // `events_stays` and `events_qualified` are in migrations/0002_functions.sql: they include what reports read.
  ]
)
