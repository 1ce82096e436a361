import { jsonb, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { dealerId } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { table } from './table.ts'

/** The turns of one entry of the assignment rules. Entries keep their ids across versions. */
export const assignmentTurns = table(
  'assignment_turns',
  {
    dealerId: dealerId().references(() => dealers.id),
    entryId: uuid().notNull(),
    lastUserId: uuid(),
    /** The credit of each user in a weighted round robin. */
    credits: jsonb().$type<Record<string, number>>().notNull()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.entryId] })]
)
