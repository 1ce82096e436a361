import { sql } from 'drizzle-orm'
import { index, jsonb, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { OPERATION_KINDS, OPERATION_STATES } from '../../domain/operations/operation.ts'
import type { Operation } from '../../domain/operations/operation.ts'
import { createdAt, dealerId, instant } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { enumText, table } from './table.ts'

/** A change that can be undone as one: what stood before, and the versions it left behind. */
export const operations = table(
  'operations',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    kind: enumText(OPERATION_KINDS).notNull(),
    state: enumText(OPERATION_STATES).notNull(),
    leadId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    recorded: jsonb().$type<Operation['recorded']>().notNull(),
    undoneAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('operations_lead').on(t.dealerId, t.leadId, t.id),
    // For reports, which leave out what was undone.
    index('operations_undone')
      .on(t.dealerId, t.createdAt, t.leadId)
      .where(sql`${t.state} = 'undone'`),
    index('operations_undone_at')
      .on(t.dealerId, t.undoneAt)
      .where(sql`${t.state} = 'undone'`)
  ]
)
