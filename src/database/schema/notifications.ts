import { sql } from 'drizzle-orm'
import { date, index, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'

import { KINDS } from '../../domain/notifications/kinds.ts'
import { NOTIFICATION_MODES } from '../../domain/deliveries/notification-modes.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant } from './columns.ts'
import { leads } from './leads.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

/** The daily digests of users. There is one of a day at most. */
export const digests = table(
  'digests',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    userId: uuid().notNull(),
    /** By the clocks of the dealer. */
    day: date({ mode: 'string' }).notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('digests_day_key').on(t.dealerId, t.userId, t.day),
    reference(t, t.userId, users)
  ]
)

/**
 * What users are told, written in the transaction of what caused it. The mail that tells it is a
 * delivery with the same id.
 */
export const notifications = table(
  'notifications',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    userId: uuid().notNull(),
    kind: enumText(KINDS).notNull(),
    /** A user is told once of all that has one key. */
    key: text().notNull(),
    leadId: uuid(),
    /** The activity, handover, source or user that it is about. */
    aboutId: uuid(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    mode: enumText(NOTIFICATION_MODES).notNull(),
    /** The digest that told it. */
    digestId: uuid(),
    readAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('notifications_key_key').on(t.dealerId, t.userId, t.kind, t.key),
    index('notifications_user').on(t.dealerId, t.userId, t.id),
    index('notifications_unread')
      .on(t.dealerId, t.userId, t.id)
      .where(sql`${t.readAt} is null`),
    // What the next digests tell.
    index('notifications_undigested')
      .on(t.dealerId, t.userId, t.createdAt)
      .where(sql`${t.mode} = 'digest' and ${t.digestId} is null and ${t.readAt} is null`),
    indexOfGiven('notifications_digest', t, t.digestId, t.id),
    indexOfGiven('notifications_lead', t, t.leadId),
    indexOfGiven('notifications_about', t, t.aboutId),
    reference(t, t.userId, users),
    reference(t, t.leadId, leads),
    reference(t, t.digestId, digests)
  ]
)
