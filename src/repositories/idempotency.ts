import { and, eq, gt, sql } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { idempotencyKeys } from '../database/schema.ts'
import { statement } from '../database/statement.ts'

/** How long a key is remembered. */
export const IDEMPOTENCY_HOURS = 24

/** Answers that were kept no later than this are too old to count. */
export function rememberedSince(now: Date): Date {
  return new Date(now.getTime() - IDEMPOTENCY_HOURS * 3_600_000)
}

export interface RememberedAnswer {
  operation: string
  requestHash: string
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
        gt(idempotencyKeys.createdAt, rememberedSince(now))
      )
    )
  return row ?? null
}

/**
 * Keeps responses for repeats, over those that are too old to count: a newer one would have been found.
 * `replays` is an expression for a JSON array of `RememberedAnswer` with their keys and principals.
 */
export function replayUpsert({ replays, at }: { replays: string; at: string }): string {
  return `
  insert into idempotency_keys
    (dealer_id, principal_id, key, operation, request_hash, response, created_at)
  select :dealerId, r."principalId", r.key, r.operation, r."requestHash", r.response, ${at}
  from jsonb_to_recordset(${replays}) as r("principalId" uuid, key text, operation text,
    "requestHash" text, response jsonb)
  on conflict (dealer_id, principal_id, key) do update set operation = excluded.operation,
    request_hash = excluded.request_hash, response = excluded.response, created_at = excluded.created_at`
}

const REMEMBER = statement(
  'remember-answer',
  { replays: 'jsonb', at: 'timestamptz' },
  replayUpsert({ replays: ':replays', at: ':at' })
)

/** Keeps the answer for repeats. The key's lock must be held. */
export async function rememberAnswer(
  tx: Transaction,
  { principalId, key }: KeyOfPrincipal,
  answer: RememberedAnswer,
  now: Date
): Promise<void> {
  await tx.run(REMEMBER, { replays: [{ principalId, key, ...answer }], at: now })
}

/** Forgets what is too old to count. */
export async function forgetOldAnswers(tx: Transaction, now: Date): Promise<void> {
  await tx.orm
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.dealerId, tx.dealerId),
        sql`${idempotencyKeys.createdAt} <= ${rememberedSince(now).toISOString()}::timestamptz`
      )
    )
}
