import { sql } from 'drizzle-orm'
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  uuid
} from 'drizzle-orm/pg-core'

import { DECISION_OUTCOMES, DECISION_STEPS } from '../../domain/leads/decision.ts'
import { DECISION_CODES } from '../../domain/reasons/decision-reasons.ts'
import {
  ATTEMPT_OUTCOMES,
  DELIVERY_CHANNELS,
  DELIVERY_PURPOSES,
  DELIVERY_STATES
} from '../../domain/deliveries/delivery.ts'
import type { DeliveryTarget } from '../../domain/deliveries/delivery.ts'
import {
  ACTOR_TYPES,
  EVENT_SUBJECTS,
  EVENT_TYPES,
  MOVE_EVENTS,
  STATUS_MOVE_EVENTS
} from '../../domain/events/event.ts'
import { OPERATION_KINDS, OPERATION_STATES } from '../../domain/operations/operation.ts'
import type { Operation } from '../../domain/operations/operation.ts'
import { sqlList } from '../sql-list.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { enumText, table } from './table.ts'
import { dealers } from './dealers.ts'
import { leads } from './leads.ts'

/** Moves that undo no other. */
const IS_STATUS_MOVE = `type in (${sqlList(STATUS_MOVE_EVENTS)})`

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
    )
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('events_lead')
      .on(t.dealerId, t.leadId, t.id)
      .where(sql`${t.leadId} is not null`),
    index('events_client')
      .on(t.dealerId, t.clientId, t.id)
      .where(sql`${t.clientId} is not null`),
    index('events_type').on(t.dealerId, t.type, t.id),
    // Its way through status groups, beside which a lead may have any number of other events.
    index('events_lead_moves')
      .on(t.dealerId, t.leadId, t.id)
      .where(sql`${t.type} in (${MOVES})`),
    // `events_stays` is in migrations/0002_functions.sql: it includes what the funnel reads.
    // Which leads ever were qualified, for reports: without it all moves of all leads are read.
    index('events_qualified')
      .on(t.dealerId, t.leadId)
      .where(sql`${t.type} in (${MOVES}) and ${t.data}->>'toGroup' = 'qualified'`)
  ]
)

/** Why the system did what it did with a lead. Append-only. */
export const decisions = table(
  'decisions',
  {
    dealerId: dealerId(),
    leadId: uuid().notNull(),
    id: uuid().notNull(),
    step: enumText(DECISION_STEPS).notNull(),
    outcome: enumText(DECISION_OUTCOMES).notNull(),
    code: enumText(DECISION_CODES).notNull(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.leadId, t.id] }),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] })
  ]
)

/** One message owed to one recipient, written in the transaction of what caused it. */
export const deliveries = table(
  'deliveries',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    /** Null where it is about no lead: a promoter's invitation. */
    leadId: uuid(),
    purpose: enumText(DELIVERY_PURPOSES).notNull(),
    /** The handover, activity, template or promoter it tells of, where it tells of one. */
    aboutId: uuid(),
    channel: enumText(DELIVERY_CHANNELS).notNull(),
    /** Where its channel sends it: a mailbox with its name. */
    target: jsonb().$type<DeliveryTarget>().notNull(),
    state: enumText(DELIVERY_STATES).notNull(),
    /** The same over all attempts, so that a repeat can be told from a second message. */
    messageId: text().notNull(),
    attempts: smallint().notNull(),
    /** Attempts that failed since it was owed, or since a person had it sent again. */
    failures: smallint().notNull().default(0),
    nextAttemptAt: instant(),
    lastError: text(),
    sentAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('deliveries_lead').on(t.dealerId, t.leadId, t.id),
    index('deliveries_state').on(t.dealerId, t.state, t.id),
    // What is about no lead is about a promoter.
    index('deliveries_promoter')
      .on(t.dealerId, t.aboutId, t.id)
      .where(sql`${t.leadId} is null`),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] })
  ]
)

/** The message as composed for the first attempt; every later one sends the same bytes. */
export const deliveryMessages = table(
  'delivery_messages',
  {
    dealerId: dealerId(),
    deliveryId: uuid().notNull(),
    raw: text().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.deliveryId] }),
    foreignKey({
      columns: [t.dealerId, t.deliveryId],
      foreignColumns: [deliveries.dealerId, deliveries.id]
    })
  ]
)

export const deliveryAttempts = table(
  'delivery_attempts',
  {
    dealerId: dealerId(),
    deliveryId: uuid().notNull(),
    number: smallint().notNull(),
    outcome: enumText(ATTEMPT_OUTCOMES).notNull(),
    detail: text(),
    durationMs: integer().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.deliveryId, t.number] }),
    foreignKey({
      columns: [t.dealerId, t.deliveryId],
      foreignColumns: [deliveries.dealerId, deliveries.id]
    })
  ]
)

/** A change that can be taken back as one: what stood before, and the versions it left behind. */
export const operations = table(
  'operations',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    kind: enumText(OPERATION_KINDS).notNull(),
    state: enumText(OPERATION_STATES).notNull(),
    leadId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    recorded: jsonb().$type<Operation['recorded']>().notNull(),
    undoneAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('operations_lead').on(t.dealerId, t.leadId, t.id)
  ]
)

export const conversions = table(
  'conversions',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    /** No foreign key: undoing a conversion removes the client, its record stays. */
    clientId: uuid().notNull(),
    operationId: uuid().notNull(),
    activityId: uuid(),
    /** What it made or filled, like the client. */
    accountId: uuid(),
    opportunityId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    undoneAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('conversions_lead').on(t.dealerId, t.leadId, t.id),
    index('conversions_operation').on(t.dealerId, t.operationId),
    foreignKey({ columns: [t.dealerId, t.leadId], foreignColumns: [leads.dealerId, leads.id] }),
    foreignKey({
      columns: [t.dealerId, t.operationId],
      foreignColumns: [operations.dealerId, operations.id]
    })
  ]
)

/** What a POST answered, kept 24 hours for whoever sends it again under the same key. */
export const idempotencyKeys = table(
  'idempotency_keys',
  {
    dealerId: dealerId().references(() => dealers.id),
    /** The user or API key: two credentials never share a key. */
    principalId: uuid().notNull(),
    key: text().notNull(),
    operation: text().notNull(),
    requestHash: text().notNull(),
    response: jsonb().$type<unknown>(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.principalId, t.key] }),
    index('idempotency_keys_created').on(t.dealerId, t.createdAt)
  ]
)
