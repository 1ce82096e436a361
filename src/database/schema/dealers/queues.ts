import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

import type { WorkingHours } from '../../../domain/clock/working-hours.ts'
import { users } from '../access.ts'
import { createdAt, dealerId, updatedAt, version } from '../columns.ts'
import { dealers } from './dealers.ts'
import { reference, table } from '../table.ts'

export const queues = table(
  'queues',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    isDefault: boolean().notNull(),
    /** Null: the dealer's. */
    workingHours: jsonb().$type<WorkingHours>(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    uniqueIndex('queues_name_key').on(t.dealerId, sql`lower(${t.name})`),
    uniqueIndex('queues_one_default')
      .on(t.dealerId)
      .where(sql`${t.isDefault}`)
  ]
)

export const queueMembers = table(
  'queue_members',
  {
    dealerId: dealerId(),
    queueId: uuid().notNull(),
    userId: uuid().notNull(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.queueId, t.userId] }),
    index('queue_members_user').on(t.dealerId, t.userId),
    reference(t, t.queueId, queues),
    reference(t, t.userId, users)
  ]
)
