import { jsonb, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { dealerId } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { table } from './table.ts'

/** Whose turn it is under one entry of the assignment rules. Entries keep their ids from version to version. */
export const assignmentTurns = table(
  'assignment_turns',
  {
    dealerId: dealerId().references(() => dealers.id),
    entryId: uuid().notNull(),
    lastUserId: uuid(),
    /** What each user is owed under weighted turns. */
    credits: jsonb().$type<Record<string, number>>().notNull()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.entryId] })]
)
