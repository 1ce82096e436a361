import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  pgSchema,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import { PROMOTER_STATES } from '../../domain/promoters/promoter.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { enumText, reference, table } from './table.ts'

/**
 * Which dealer a public referral code belongs to: asked before any tenant is known, so it stands
 * apart, unreadable to the application's role but through `directory.dealer_by_referral_code`.
 */
export const directory = pgSchema('directory')

export const referralCodes = directory.table('referral_codes', {
  code: text().primaryKey(),
  dealerId: dealerId().references(() => dealers.id)
})

/** The dealer that the operator created under an idempotency key: the response is stored with it. */
export const operatorKeys = directory.table('operator_keys', {
  key: text().primaryKey(),
  dealerId: dealerId().references(() => dealers.id),
  createdAt: createdAt()
})

export const promoters = table(
  'promoters',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    email: text(),
    phone: text(),
    locale: enumText(LOCALES),
    /** The team member who signed them up, or null: the dealer itself. */
    userId: uuid(),
    state: enumText(PROMOTER_STATES).notNull(),
    /** When they first became a promoter; null: they never were one. */
    approvedAt: instant(),
    removedAt: instant(),
    /** SHA-256 of the secret in the address of their own page. */
    portalHash: text(),
    /** SHA-256 of the secret they were invited by. Once it was used, it has no end any more. */
    invitationHash: text(),
    invitationExpiresAt: instant(),
    /** The inviting user's message to the promoter. */
    invitationMessage: text(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('promoters_email_key').on(t.dealerId, t.email),
    uniqueIndex('promoters_portal_hash_key')
      .on(t.dealerId, t.portalHash)
      .where(sql`${t.portalHash} is not null`),
    uniqueIndex('promoters_invitation_hash_key')
      .on(t.dealerId, t.invitationHash)
      .where(sql`${t.invitationHash} is not null`),
    index('promoters_user').on(t.dealerId, t.userId),
    reference(t, t.userId, users)
  ]
)

/** Secrets of promoters that were replaced or taken back: their links say so. */
export const endedSecrets = table(
  'ended_secrets',
  {
    dealerId: dealerId().references(() => dealers.id),
    /** SHA-256 of the secret. */
    hash: text().notNull(),
    promoterId: uuid().notNull(),
    /** Whether it still opens the promoter's page: a mailed address goes on working. */
    opensPage: boolean().notNull().default(false)
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.hash] }),
    index('ended_secrets_promoter').on(t.dealerId, t.promoterId),
    reference(t, t.promoterId, promoters)
  ]
)

export const referralLinks = table(
  'referral_links',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    code: text().notNull(),
    label: text(),
    userId: uuid(),
    promoterId: uuid(),
    targetUrl: text(),
    active: boolean().notNull(),
    visits: bigint({ mode: 'number' }).notNull(),
    lastVisitAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('referral_links_code_key').on(t.dealerId, t.code),
    index('referral_links_user').on(t.dealerId, t.userId),
    index('referral_links_promoter').on(t.dealerId, t.promoterId),
    reference(t, t.userId, users),
    reference(t, t.promoterId, promoters)
  ]
)
