import { foreignKey, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import type { AccountContent } from '../../domain/clients/account.ts'
import { createdAt, dealerId, updatedAt, version } from './columns.ts'
import { table } from './table.ts'
import { dealers, users } from './dealers.ts'

/** Companies that clients belong to. */
export const accounts = table(
  'accounts',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** The name in comparison form: by it a company is found again. */
    nameKey: text().notNull(),
    content: jsonb().$type<AccountContent>().notNull(),
    responsibleUserId: uuid(),
    createdFromLeadId: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('accounts_created').on(t.dealerId, t.createdAt, t.id),
    index('accounts_responsible').on(t.dealerId, t.responsibleUserId, t.createdAt, t.id),
    index('accounts_name').on(t.dealerId, t.nameKey.op('text_pattern_ops'), t.id),
    foreignKey({
      columns: [t.dealerId, t.responsibleUserId],
      foreignColumns: [users.dealerId, users.id]
    })
  ]
)
