import { index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { createdAt, dealerId } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { table } from './table.ts'

/** The response to a POST, kept for a repeat of the request under the same key. */
export const idempotencyKeys = table(
  'idempotency_keys',
  {
    dealerId: dealerId().references(() => dealers.id),
    /** The user or API key: two credentials never share a key. */
    principalId: uuid().notNull(),
    key: text().notNull(),
    operation: text().notNull(),
    requestHash: text().notNull(),
    response: jsonb().$type<unknown>(),
    createdAt: createdAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.principalId, t.key] }),
    index('idempotency_keys_created').on(t.dealerId, t.createdAt)
  ]
)
