import { sql } from 'drizzle-orm'
import { date, index, jsonb, numeric, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { OPPORTUNITY_STAGES } from '../../../domain/clients/opportunity.ts'
import type { OpportunityProduct } from '../../../domain/clients/opportunity.ts'
import { users } from '../access.ts'
import { accounts, clients } from './clients.ts'
import { changedIn, createdAt, dealerId, instant, updatedAt, version } from '../columns.ts'
import { dealers } from '../dealers/dealers.ts'
import { leads } from '../leads.ts'
import { enumText, indexOfGiven, reference, table } from '../table.ts'

/** Deals of clients. */
export const opportunities = table(
  'opportunities',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    clientId: uuid().notNull(),
    accountId: uuid(),
    /** The lead it came from; null for one added by hand. */
    leadId: uuid(),
    stage: enumText(OPPORTUNITY_STAGES).notNull(),
    amount: numeric({ precision: 14, scale: 2 }),
    currency: text(),
    expectedClose: date({ mode: 'string' }),
    products: jsonb().$type<OpportunityProduct[]>().notNull(),
    description: text(),
    /** Why it was won or lost. */
    closeReason: text(),
    closedAt: instant(),
    responsibleUserId: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    changedIn: changedIn()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('opportunities_changed').on(t.dealerId, t.changedIn, t.id),
    index('opportunities_updated').on(t.dealerId, t.updatedAt, t.id),
    index('opportunities_created').on(t.dealerId, t.createdAt, t.id),
    index('opportunities_open')
      .on(t.dealerId, t.createdAt, t.id)
      .where(sql`${t.stage} not in ('won', 'lost')`),
    index('opportunities_client').on(t.dealerId, t.clientId, t.createdAt, t.id),
    index('opportunities_stage').on(t.dealerId, t.stage, t.createdAt, t.id),
    index('opportunities_responsible').on(t.dealerId, t.responsibleUserId, t.createdAt, t.id),
    indexOfGiven('opportunities_account', t, t.accountId, t.createdAt, t.id),
    indexOfGiven('opportunities_lead', t, t.leadId, t.id),
    reference(t, t.clientId, clients),
    reference(t, t.accountId, accounts),
    reference(t, t.leadId, leads),
    reference(t, t.responsibleUserId, users)
  ]
)
