import { index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import type { AccountContent } from '../../../domain/clients/account.ts'
import type { ClientContent } from '../../../domain/clients/client.ts'
import { users } from '../access.ts'
import { changedIn, createdAt, dealerId, updatedAt, version } from '../columns.ts'
import { dealers, sources } from '../dealers/dealers.ts'
import { indexOfGiven, reference, table } from '../table.ts'

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
    reference(t, t.responsibleUserId, users)
  ]
)

export const clients = table(
  'clients',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    /** The person as shown in lists; the whole is in `content`. */
    displayName: text().notNull(),
    content: jsonb().$type<ClientContent>().notNull(),
    sourceId: uuid(),
    responsibleUserId: uuid(),
    accountId: uuid(),
    createdFromLeadId: uuid(),
    /** The client it became one with: its id stays valid and leads to that one. */
    mergedIntoId: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    changedIn: changedIn()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    index('clients_changed').on(t.dealerId, t.changedIn, t.id),
    index('clients_updated').on(t.dealerId, t.updatedAt, t.id),
    index('clients_created').on(t.dealerId, t.createdAt, t.id),
    index('clients_responsible').on(t.dealerId, t.responsibleUserId, t.createdAt, t.id),
    indexOfGiven('clients_source', t, t.sourceId, t.createdAt, t.id),
    indexOfGiven('clients_account', t, t.accountId, t.createdAt, t.id),
    indexOfGiven('clients_merged_into', t, t.mergedIntoId),
    reference(t, t.sourceId, sources),
    reference(t, t.responsibleUserId, users),
    reference(t, t.accountId, accounts),
    reference(t, t.mergedIntoId, t)
  ]
)
