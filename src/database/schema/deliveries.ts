import { sql } from 'drizzle-orm'
import { index, integer, jsonb, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'

import {
  ATTEMPT_OUTCOMES,
  DELIVERY_CHANNELS,
  DELIVERY_PURPOSES,
  DELIVERY_STATES
} from '../../domain/deliveries/delivery.ts'
import type { DeliveryTarget } from '../../domain/deliveries/delivery.ts'
import { ATTEMPT_CODES, DELIVERY_CODES } from '../../domain/reasons/delivery-reasons.ts'
import type { DeliveryCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { leads } from './leads.ts'
import { codeCheck, enumText, reference, table } from './table.ts'

/** One message owed to one recipient, written in the transaction of what caused it. */
export const deliveries = table(
  'deliveries',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    /** Null where it is about no lead: a promoter's invitation, a digest. */
    leadId: uuid(),
    purpose: enumText(DELIVERY_PURPOSES).notNull(),
    /** The handover, activity, source, user, digest, template, promoter or delivery it tells of, if any. */
    aboutId: uuid(),
    channel: enumText(DELIVERY_CHANNELS).notNull(),
    /** Where its channel sends it: a mailbox with its name. */
    target: jsonb().$type<DeliveryTarget>().notNull(),
    /** The team member it is for; null: another person, or a shared mailbox. */
    userId: uuid(),
    state: enumText(DELIVERY_STATES).notNull(),
    /** The same over all attempts, so that a repeat can be told from a second message. */
    messageId: text().notNull(),
    attempts: smallint().notNull(),
    /** Attempts that failed since it was owed, or since a person had it sent again. */
    failures: smallint().notNull().default(0),
    nextAttemptAt: instant(),
    /**
     * When a worker takes it, by the database's clock, while it is pending. During an attempt: when
     * another worker takes it over.
     */
    dueAt: instant().notNull(),
    reason: jsonb().$type<Reason<DeliveryCode>>(),
    sentAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('deliveries_lead').on(t.dealerId, t.leadId, t.id),
    index('deliveries_state').on(t.dealerId, t.state, t.id),
    // The worker's queue, of all dealers.
    index('deliveries_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'pending'`),
    // Those of a promoter; without a lead are also digests, and what owners and admins are told.
    index('deliveries_promoter')
      .on(t.dealerId, t.aboutId, t.id)
      .where(sql`${t.leadId} is null`),
    reference(t, t.leadId, leads),
    reference(t, t.userId, users),
    codeCheck('deliveries', t.reason, DELIVERY_CODES)
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
    reference(t, t.deliveryId, deliveries)
  ]
)

export const deliveryAttempts = table(
  'delivery_attempts',
  {
    dealerId: dealerId(),
    deliveryId: uuid().notNull(),
    number: smallint().notNull(),
    outcome: enumText(ATTEMPT_OUTCOMES).notNull(),
    code: enumText(ATTEMPT_CODES).notNull(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    durationMs: integer().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.deliveryId, t.number] }),
    reference(t, t.deliveryId, deliveries)
  ]
)
