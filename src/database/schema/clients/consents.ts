import { boolean, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { CONSENT_ORIGINS } from '../../../domain/clients/consent.ts'
import { ACTOR_TYPES } from '../../../domain/events/event.ts'
import { createdAt, dealerId, instant } from '../columns.ts'
import { dealers } from '../dealers/dealers.ts'
import { leads } from '../leads.ts'
import { enumText, indexOfGiven, reference, table } from '../table.ts'

/**
 * What a client, or the person of a lead, agreed to or refused: one row a statement, never
 * overwritten. What a lead came with stands in its content; here is what was said since, and all that
 * is on a client's record. The latest in force says what holds (`domain/clients/consent.ts`).
 */
export const consents = table(
  'consents',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    /**
     * Whose record it is on; null: on the lead's own only. No foreign key: undoing a conversion removes
     * the client, what was said stays.
     */
    clientId: uuid(),
    /** The lead it was said with, or about. */
    leadId: uuid(),
    purpose: text().notNull(),
    /** Null: every channel. */
    channel: text(),
    granted: boolean().notNull(),
    text: text(),
    textVersion: text(),
    language: text(),
    page: text(),
    ip: text(),
    proofUrl: text(),
    /** When the person made the statement, as recorded. */
    givenAt: instant(),
    origin: enumText(CONSENT_ORIGINS).notNull(),
    /** The operation that brought it to this record: it goes when that is undone. */
    operationId: uuid(),
    /** Since when it is on this record. */
    effectiveAt: instant().notNull(),
    /** Since when it is not any more: its lead was taken away. */
    voidFrom: instant(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    indexOfGiven('consents_client', t, t.clientId, t.effectiveAt, t.id),
    indexOfGiven('consents_lead', t, t.leadId, t.effectiveAt, t.id),
    reference(t, t.leadId, leads)
  ]
)
