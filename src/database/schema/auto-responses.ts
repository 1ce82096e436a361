import { index, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'

import { SUPPRESSION_REASONS } from '../../domain/auto-responses/suppression.ts'
import type { TemplateContent } from '../../domain/auto-responses/template.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { bytewiseText, createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { deliveries } from './deliveries.ts'
import { leads } from './leads.ts'
import { enumText, reference, table } from './table.ts'

/** Mails that a dealer words itself: subject, text and HTML in each language. */
export const templates = table(
  'templates',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    content: jsonb().$type<TemplateContent>().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('templates_name_key').on(t.dealerId, t.name)
  ]
)

/**
 * When a person last got an auto-response, by each e-mail and phone they gave (the keys of
 * `match_keys`). Within the window, a shared key means the same person.
 */
export const respondedPersons = table(
  'auto_responded_persons',
  {
    dealerId: dealerId(),
    key: bytewiseText().notNull(),
    respondedAt: instant().notNull(),
    leadId: uuid().notNull()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.key] }),
    index('auto_responded_persons_lead').on(t.dealerId, t.leadId),
    reference(t, t.leadId, leads)
  ]
)

/** The secret addresses by which people say that they want no more mail. They never expire. */
export const unsubscribeLinks = table(
  'unsubscribe_links',
  {
    dealerId: dealerId(),
    /** SHA-256 of the secret. */
    tokenHash: text().notNull(),
    deliveryId: uuid().notNull(),
    leadId: uuid().notNull(),
    /** The recipient's address in comparison form. */
    emailKey: text().notNull(),
    /** The purpose of the consent that the mail needed. */
    purpose: text(),
    /** The language of the mail. */
    language: text().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.tokenHash] }),
    reference(t, t.deliveryId, deliveries)
  ]
)

/** Addresses that get no automatic mail. */
export const suppressions = table(
  'suppressions',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    /** The address in comparison form. */
    emailKey: text().notNull(),
    reason: enumText(SUPPRESSION_REASONS).notNull(),
    leadId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('suppressions_email_key').on(t.dealerId, t.emailKey)
  ]
)
