import { sql } from 'drizzle-orm'
import { index, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { PARTICIPATIONS } from '../../domain/leads/participant.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant } from './columns.ts'
import { leads } from './leads.ts'
import { enumText, reference, table } from './table.ts'

/**
 * Users who have to do with a lead without having it: they can read it. Written in the transaction
 * that tells them of it, or takes it from them.
 */
export const leadParticipants = table(
  'lead_participants',
  {
    dealerId: dealerId(),
    leadId: uuid().notNull(),
    userId: uuid().notNull(),
    /** In the order in which they came about. */
    reasons: enumText(PARTICIPATIONS).array().notNull(),
    /** The lead's, which never changes: lists are in its order. */
    receivedAt: instant().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.leadId, t.userId] }),
    // Who was only told has it in no list.
    index('lead_participants_user')
      .on(t.dealerId, t.userId, t.receivedAt, t.leadId)
      .where(sql`${t.reasons} <> '{told}'`),
    reference(t, t.leadId, leads),
    reference(t, t.userId, users)
  ]
)
