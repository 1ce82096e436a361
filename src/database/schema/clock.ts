import { integer, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { dealerId, instant, updatedAt } from './columns.ts'
import { leads } from './leads.ts'
import { reference, table } from './table.ts'

/**
 * What a lead's people did about it, by the activities there are: computed anew whenever one of them
 * changes. Working seconds are those of the hours that held then.
 */
export const leadClocks = table(
  'lead_clocks',
  {
    dealerId: dealerId(),
    leadId: uuid().notNull(),
    /** First attempt to reach the person. */
    attemptedAt: instant(),
    attemptedWorkingSeconds: integer(),
    attemptedBy: uuid(),
    /** First conversation with the person, spoken or written. */
    reachedAt: instant(),
    reachedWorkingSeconds: integer(),
    reachedBy: uuid(),
    /** First meeting with the person. */
    metAt: instant(),
    metWorkingSeconds: integer(),
    metBy: uuid(),
    updatedAt: updatedAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.leadId] }), reference(t, t.leadId, leads)]
)
