import { sql } from 'drizzle-orm'
import { index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

import { LINK_REQUEST_STATES } from '../../../domain/clients/link-request.ts'
import { WITHDRAWAL_CODES } from '../../../domain/reasons/request-reasons.ts'
import { users } from '../access.ts'
import { createdAt, dealerId, instant, updatedAt, version } from '../columns.ts'
import { leads } from '../leads.ts'
import { enumText, reference, table } from '../table.ts'
import { clients } from './clients.ts'

/** Requests to link a lead to a client of a colleague. */
export const linkRequests = table(
  'link_requests',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    leadId: uuid().notNull(),
    clientId: uuid().notNull(),
    state: enumText(LINK_REQUEST_STATES).notNull(),
    fromUserId: uuid().notNull(),
    toUserId: uuid().notNull(),
    message: text(),
    /** Why it was declined. */
    reason: text(),
    /** Why the service withdrew it. */
    withdrawalCode: enumText(WITHDRAWAL_CODES),
    expiresAt: instant().notNull(),
    endedAt: instant(),
    endedBy: uuid(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    uniqueIndex('link_requests_one_open')
      .on(t.dealerId, t.leadId, t.clientId)
      .where(sql`${t.state} = 'asked'`),
    index('link_requests_lead').on(t.dealerId, t.leadId, t.id),
    index('link_requests_client').on(t.dealerId, t.clientId, t.id),
    index('link_requests_from').on(t.dealerId, t.fromUserId, t.id),
    index('link_requests_to').on(t.dealerId, t.toUserId, t.id),
    index('link_requests_expiring')
      .on(t.dealerId, t.expiresAt)
      .where(sql`${t.state} = 'asked'`),
    reference(t, t.leadId, leads),
    // The undo of a conversion removes the client; the events of the lead keep what was asked.
    reference(t, t.clientId, clients).onDelete('cascade'),
    reference(t, t.fromUserId, users),
    reference(t, t.toUserId, users),
    reference(t, t.endedBy, users)
  ]
)
