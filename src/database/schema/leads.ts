import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { DECISION_OUTCOMES, DECISION_STEPS } from '../../domain/leads/decision.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { RECORD_TYPES } from '../../domain/leads/record-type.ts'
import { TEMPERATURES, TEMPERATURE_ORIGINS } from '../../domain/leads/temperature.ts'
import { DECISION_CODES, QUARANTINE_CODES } from '../../domain/reasons/decision-reasons.ts'
import { users } from './access.ts'
import { clients } from './clients/clients.ts'
import {
  bytewiseText,
  changedIn,
  createdAt,
  dealerId,
  instant,
  updatedAt,
  version
} from './columns.ts'
import { dealers, sources, statusReasons, statuses } from './dealers/dealers.ts'
import { queues } from './dealers/queues.ts'
import { promoters, referralLinks } from './promoters.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

/** The unchanged payload of a lead, as long as `PAYLOAD_RETENTION_DAYS` says. */
export const payloads = table(
  'payloads',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    contentType: text().notNull(),
    body: text().notNull(),
    createdAt: createdAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.id] })]
)

export const leads = table(
  'leads',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    type: enumText(LEAD_TYPES).notNull(),
    sourceId: uuid().notNull(),
    externalId: text(),
    statusId: uuid().notNull(),
    statusChangedAt: instant().notNull(),
    /** Why it is lost or deleted: a reason of the dealer's list, or a text. */
    statusReasonId: uuid(),
    statusReasonText: text(),
    assigneeId: uuid(),
    /** Since when the assignee has it. */
    assignedAt: instant(),
    /** When the lead was first assigned to a user. */
    firstAssignedAt: instant(),
    /** The queue it waits in; null while it has an assignee. */
    queueId: uuid(),
    /** The queue it last waited in: it goes back there, and its working hours count for the lead. */
    homeQueueId: uuid(),
    /** Earlier assignees who handed it over: the report of the team counts them. */
    followerIds: uuid()
      .array()
      .notNull()
      .default(sql`'{}'`),
    promoterId: uuid(),
    referralLinkId: uuid(),
    clientId: uuid(),
    duplicateOfId: uuid(),
    /** Why it is held back, or null: it is not. */
    quarantineReason: enumText(QUARANTINE_CODES),
    isTest: boolean().notNull(),
    /** The person as shown in lists; the whole is in `content`. */
    displayName: text(),
    /** The vehicle asked for, in comparison form: repeats agree in it. */
    vehicleKey: text(),
    content: jsonb().$type<LeadContent>().notNull(),
    /** `isReachable` of its contact, for reports: they count without reading the content. */
    isReachable: boolean()
      .notNull()
      .generatedAlwaysAs(
        sql`content @? '$.contact.emails[*] ? (@.valid == true)' or content @? '$.contact.phones[*] ? (@.valid == true || @.number like_regex "^([^0-9]*[0-9]){6}")'`
      ),
    /** Without a foreign key: a retention setting may end the payload before the lead. */
    payloadId: uuid().notNull(),
    /** The import that made it, and from which row. */
    importId: uuid(),
    importRow: integer(),
    temperature: enumText(TEMPERATURES),
    temperatureBy: enumText(TEMPERATURE_ORIGINS),
    score: integer(),
    /** Until when a temperature that a person set stays; then it cools by a step. Null: for good. */
    temperatureUntil: instant(),
    /** When score and temperature are next looked at: they cool with time. Null: they stay. */
    coolAt: instant(),
    /** How often they changed by themselves. No change that others would have to take into account. */
    scoreVersion: integer().notNull().default(0),
    /** The deadline for a first action; null without a deadline. */
    respondBy: instant(),
    /** When the warning, or then the breach, is due; null after the first action. */
    clockDueAt: instant(),
    /** How often the response limit was exceeded. */
    escalations: smallint().notNull().default(0),
    /** The key or user that posted it: a key that may only capture reads back its own. */
    createdBy: uuid(),
    version: version(),
    receivedAt: instant().notNull(),
    /** When the earliest of its planned activities is due: a trigger keeps it with the activities. */
    nextActionAt: instant(),
    /** When it was last worked on: see `TOUCHES` of `domain/leads/touch.ts`. */
    lastTouchAt: instant(),
    updatedAt: updatedAt(),
    changedIn: changedIn()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    // The orders of lists other than `leads_received`.
    index('leads_changed').on(t.dealerId, t.changedIn, t.id),
    index('leads_updated').on(t.dealerId, t.updatedAt, t.id),
    index('leads_score').on(t.dealerId, t.score, t.id),
    index('leads_next_action').on(t.dealerId, t.nextActionAt, t.id),
    index('leads_last_touch').on(t.dealerId, t.lastTouchAt, t.id),
    index('leads_status_since').on(t.dealerId, t.statusChangedAt, t.id),
    uniqueIndex('leads_external_id_key')
      .on(t.dealerId, t.sourceId, t.externalId)
      .where(sql`${t.externalId} is not null`),
    // `leads_received`, `leads_assignee` and `leads_unassigned` are in migrations/0002_functions.sql:
    // they include what reports count by, and what a user's leads are ordered by.
    index('leads_status').on(t.dealerId, t.statusId, t.receivedAt, t.id),
    indexOfGiven('leads_status_reason', t, t.statusReasonId, t.receivedAt, t.id),
    index('leads_reasoned')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.statusReasonId} is not null or ${t.statusReasonText} is not null`),
    index('leads_source').on(t.dealerId, t.sourceId, t.receivedAt, t.id),
    // Leads with followers are few: without it the report of the team reads all.
    index('leads_followed')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.followerIds} <> '{}'`),
    indexOfGiven('leads_client', t, t.clientId, t.receivedAt, t.id),
    indexOfGiven('leads_promoter', t, t.promoterId, t.receivedAt, t.id),
    index('leads_quarantined')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.quarantineReason} is not null`),
    // Of two kinds, the rare one: the other is found on the way through the newest.
    index('leads_prequalifications')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.type} = 'prequalification'`),
    index('leads_tests')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.isTest}`),
    // Workload: how many open leads a user has, and how many they were given since a moment.
    indexOfGiven('leads_workload', t, t.assigneeId, t.statusId, t.assignedAt),
    indexOfGiven('leads_temperature', t, t.temperature, t.receivedAt, t.id),
    indexOfGiven('leads_clock_due', t, t.clockDueAt),
    // Leads with a response deadline, in the order of lists: most of the older ones are overdue.
    index('leads_awaited')
      .on(t.dealerId, t.receivedAt, t.id)
      .where(sql`${t.respondBy} is not null`),
    indexOfGiven('leads_cool', t, t.coolAt),
    indexOfGiven('leads_import', t, t.importId, t.receivedAt, t.id),
    indexOfGiven('leads_duplicate_of', t, t.duplicateOfId),
    reference(t, t.sourceId, sources),
    reference(t, t.statusId, statuses),
    reference(t, t.statusReasonId, statusReasons),
    reference(t, t.assigneeId, users),
    reference(t, t.queueId, queues),
    reference(t, t.homeQueueId, queues),
    reference(t, t.promoterId, promoters),
    reference(t, t.referralLinkId, referralLinks),
    reference(t, t.clientId, clients),
    reference(t, t.duplicateOfId, t)
  ]
)

/**
 * What a client or lead can be found by: `e:` e-mail and `p:` phone, by which people are matched, and the
 * kinds of `domain/search/record-keys.ts`, which only a search reads. One row a key, so that a look-up takes at most so many records of each and a shared switchboard can't hurt.
 * Compared byte by byte ("C"), which also lets a search for a beginning use the index.
 */
export const matchKeys = table(
  'match_keys',
  {
    dealerId: dealerId(),
    key: bytewiseText().notNull(),
    recordType: enumText(RECORD_TYPES).notNull(),
    recordId: uuid().notNull()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.key, t.recordType, t.recordId] }),
    index('match_keys_record').on(t.dealerId, t.recordId)
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
  (t) => [primaryKey({ columns: [t.dealerId, t.leadId, t.id] }), reference(t, t.leadId, leads)]
)

/**
 * How many leads there are of each kind, so that counts do not read the leads. Triggers add a row for each
 * change, in its transaction; the sum of the rows of a kind is exact. A watcher folds them.
 */
export const leadCounts = table(
  'lead_counts',
  {
    dealerId: dealerId(),
    id: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`),
    statusId: uuid().notNull(),
    sourceId: uuid().notNull(),
    assigneeId: uuid(),
    queueId: uuid(),
    temperature: text(),
    type: text().notNull(),
    isTest: boolean().notNull(),
    isQuarantined: boolean().notNull(),
    /** How many more, or fewer, there are. */
    leads: bigint({ mode: 'number' }).notNull(),
    /** Whether it is the sum of earlier rows. */
    isFolded: boolean().notNull().default(false)
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.id] })]
)
