import { and, isNotNull, lte, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { dealers, leads } from '../../database/schema.ts'

/** Whether a lead has a response deadline: a stored one ends when the dealer turns the limit off. */
export function hasDeadline(tx: Transaction): SQL | undefined {
  const hasLimit = sql`(select d.settings ->> 'responseLimitMinutes' from ${dealers} d
    where d.id = ${tx.dealerId}) is not null`
  return and(isNotNull(leads.respondBy), hasLimit)
}

/** Whether the response deadline of a lead has passed. */
export function isPastDeadline(tx: Transaction, now: Date): SQL | undefined {
  return and(hasDeadline(tx), lte(leads.respondBy, now))
}
