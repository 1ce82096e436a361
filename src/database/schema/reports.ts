import { date, jsonb, numeric, primaryKey, uuid } from 'drizzle-orm/pg-core'

import type { IncentiveRates } from '../../domain/reports/incentive.ts'
import { createdAt, dealerId, updatedAt, version } from './columns.ts'
import { dealers, sources } from './dealers/dealers.ts'
import { reference, table } from './table.ts'

/** The cost of a source in a month, in the dealer's currency. */
export const sourceCosts = table(
  'source_costs',
  {
    dealerId: dealerId(),
    sourceId: uuid().notNull(),
    /** The month's first day. */
    month: date({ mode: 'string' }).notNull(),
    amount: numeric({ precision: 14, scale: 2 }).notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.sourceId, t.month] }),
    reference(t, t.sourceId, sources)
  ]
)

/** The incentive rates of a dealer. */
export const incentiveRates = table(
  'incentive_rates',
  {
    dealerId: dealerId().references(() => dealers.id),
    content: jsonb().$type<IncentiveRates>().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId] })]
)
