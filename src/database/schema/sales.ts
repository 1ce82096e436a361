import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'

import { ACTOR_TYPES } from '../../domain/events/event.ts'
import type { Vehicle } from '../../domain/leads/vehicle.ts'
import { ELIGIBLE_WHEN, REWARD_ENTRY_KINDS, REWARD_STATES } from '../../domain/sales/reward.ts'
import { SALE_STATUS_GROUPS } from '../../domain/sales/sale.ts'
import { users } from './access.ts'
import { clients } from './clients/clients.ts'
import { opportunities } from './clients/opportunities.ts'
import { changedIn, createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { dealers, sources } from './dealers/dealers.ts'
import { leads } from './leads.ts'
import { promoters, referralLinks } from './promoters.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

/** A dealer's own names for what becomes of a sale. What it means hangs on the group. */
export const saleStatuses = table(
  'sale_statuses',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    group: enumText(SALE_STATUS_GROUPS).notNull(),
    color: text(),
    position: smallint().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    uniqueIndex('sale_statuses_name_key').on(t.dealerId, sql`lower(${t.name})`),
    index('sale_statuses_group').on(t.dealerId, t.group, t.position)
  ]
)

/** Recorded the first time a lead enters a status of group `sold`. */
export const sales = table(
  'sales',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    clientId: uuid(),
    opportunityId: uuid(),
    statusId: uuid().notNull(),
    sourceId: uuid().notNull(),
    amount: numeric({ precision: 14, scale: 2 }),
    currency: text(),
    vehicle: jsonb().$type<Vehicle>(),
    /** Columns, because under row-level security no index of an expression over JSON serves. */
    vin: text().generatedAlwaysAs(sql`upper(vehicle ->> 'vin')`),
    stockNumber: text().generatedAlwaysAs(sql`upper(vehicle ->> 'stockNumber')`),
    /** The credited user and promoter. */
    userId: uuid(),
    promoterId: uuid(),
    referralLinkId: uuid(),
    /** The user who brought the lead by a referral link, and their percentage of the credit. */
    referralUserId: uuid(),
    referralPercent: smallint(),
    operationId: uuid().notNull(),
    soldAt: instant().notNull(),
    /** The entry into `sold` was a mistake: there was no sale. */
    undoneAt: instant(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    changedIn: changedIn()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('sales_changed').on(t.dealerId, t.changedIn, t.id),
    index('sales_updated').on(t.dealerId, t.updatedAt, t.id),
    uniqueIndex('sales_one_of_lead')
      .on(t.dealerId, t.leadId)
      .where(sql`${t.undoneAt} is null`),
    index('sales_lead').on(t.dealerId, t.leadId, t.id),
    index('sales_sold').on(t.dealerId, t.soldAt, t.id),
    index('sales_status').on(t.dealerId, t.statusId, t.soldAt, t.id),
    indexOfGiven('sales_referral_user', t, t.referralUserId, t.soldAt, t.id),
    index('sales_user').on(t.dealerId, t.userId, t.soldAt, t.id),
    indexOfGiven('sales_client', t, t.clientId, t.soldAt, t.id),
    indexOfGiven('sales_promoter', t, t.promoterId, t.soldAt, t.id),
    indexOfGiven('sales_opportunity', t, t.opportunityId),
    indexOfGiven('sales_vin', t, t.vin),
    indexOfGiven('sales_stock_number', t, t.stockNumber),
    reference(t, t.leadId, leads),
    reference(t, t.clientId, clients),
    reference(t, t.opportunityId, opportunities),
    reference(t, t.statusId, saleStatuses),
    reference(t, t.sourceId, sources),
    reference(t, t.userId, users),
    reference(t, t.referralUserId, users),
    reference(t, t.promoterId, promoters),
    reference(t, t.referralLinkId, referralLinks)
  ]
)

/** The reward programmes. At most one is active. */
export const rewardProgrammes = table(
  'reward_programmes',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    description: text(),
    pointsPerSale: integer().notNull(),
    eligibleWhen: enumText(ELIGIBLE_WHEN).notNull(),
    active: boolean().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('reward_programmes_name_key').on(t.dealerId, t.name),
    uniqueIndex('reward_programmes_one_active')
      .on(t.dealerId)
      .where(sql`${t.active}`)
  ]
)

/** The reward of a promoter for a sale, by the programme that was active then. */
export const rewards = table(
  'rewards',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    saleId: uuid().notNull(),
    promoterId: uuid().notNull(),
    programmeId: uuid().notNull(),
    points: integer().notNull(),
    eligibleWhen: enumText(ELIGIBLE_WHEN).notNull(),
    state: enumText(REWARD_STATES).notNull(),
    /** How it was paid, outside of here: a transfer's number. */
    paymentReference: text(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('rewards_sale_key').on(t.dealerId, t.saleId),
    index('rewards_promoter').on(t.dealerId, t.promoterId, t.id),
    index('rewards_state').on(t.dealerId, t.state, t.id),
    reference(t, t.saleId, sales),
    reference(t, t.promoterId, promoters),
    reference(t, t.programmeId, rewardProgrammes)
  ]
)

/** The ledger of rewards. Append-only: a balance is the sum of its points. */
export const rewardEntries = table(
  'reward_entries',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    rewardId: uuid().notNull(),
    promoterId: uuid().notNull(),
    kind: enumText(REWARD_ENTRY_KINDS).notNull(),
    /** The change of the balance. */
    points: integer().notNull(),
    note: text(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('reward_entries_promoter').on(t.dealerId, t.promoterId, t.id),
    reference(t, t.rewardId, rewards)
  ]
)
