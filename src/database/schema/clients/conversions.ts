import { index, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { ACTOR_TYPES } from '../../../domain/events/event.ts'
import { createdAt, dealerId, instant } from '../columns.ts'
import { leads } from '../leads.ts'
import { operations } from '../operations.ts'
import { enumText, reference, table } from '../table.ts'

export const conversions = table(
  'conversions',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    /** No foreign key: undoing a conversion removes the client, its record stays. */
    clientId: uuid().notNull(),
    operationId: uuid().notNull(),
    activityId: uuid(),
    /** The created or filled account. */
    accountId: uuid(),
    opportunityId: uuid(),
    actorType: enumText(ACTOR_TYPES).notNull(),
    actorId: uuid(),
    undoneAt: instant(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('conversions_lead').on(t.dealerId, t.leadId, t.id),
    index('conversions_operation').on(t.dealerId, t.operationId),
    reference(t, t.leadId, leads),
    reference(t, t.operationId, operations)
  ]
)
