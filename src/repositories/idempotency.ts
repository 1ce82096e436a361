import { and, eq, gt, sql } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { idempotencyKeys } from '../database/schema.ts'

/** How long a key is remembered. */
export const IDEMPOTENCY_HOURS = 24

export interface RememberedAnswer {
  operation: string
  requestHash: string
  responseStatus: number | null
  response: unknown
}

interface KeyOfPrincipal {
  principalId: string
  key: string
}

/** What the same caller was answered under this key, or null: never, or too long ago. */
export async function findAnswer(
  tx: Transaction,
  { principalId, key }: KeyOfPrincipal,
  now: Date
): Promise<RememberedAnswer | null> {
  const [row] = await tx.orm
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.dealerId, tx.dealerId),
        eq(idempotencyKeys.principalId, principalId),
        eq(idempotencyKeys.key, key),
        gt(idempotencyKeys.createdAt, hoursBefore(now))
      )
    )
  return row ?? null
}

const REMEMBER = `insert into idempotency_keys
  (dealer_id, principal_id, key, operation, request_hash, response_status, response, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (dealer_id, principal_id, key) do update set operation = excluded.operation,
  request_hash = excluded.request_hash, response_status = excluded.response_status,
  response = excluded.response, created_at = excluded.created_at`

/** Keeps the answer for repeats, over one that is too old to count. The key's lock must be held. */
export async function rememberAnswer(
  tx: Transaction,
  { principalId, key }: KeyOfPrincipal,
  answer: RememberedAnswer,
  now: Date
): Promise<void> {
  await tx.query('remember-answer', REMEMBER, [
    tx.dealerId,
    principalId,
    key,
    answer.operation,
    answer.requestHash,
    answer.responseStatus,
    JSON.stringify(answer.response),
    now
  ])
}

/** Forgets what is too old to count. */
export async function forgetOldAnswers(tx: Transaction, now: Date): Promise<void> {
  await tx.orm
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.dealerId, tx.dealerId),
        sql`${idempotencyKeys.createdAt} <= ${hoursBefore(now).toISOString()}::timestamptz`
      )
    )
}

function hoursBefore(now: Date): Date {
  return new Date(now.getTime() - IDEMPOTENCY_HOURS * 3_600_000)
}
