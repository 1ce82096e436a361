import { and, eq, gt } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { KEY_LOCK } from '../database/locks.ts'
import { idempotencyKeys } from '../database/schema.ts'
import { statement } from '../database/statement.ts'

/** How long a key is remembered. */
export const IDEMPOTENCY_HOURS = 24

/** Responses that were stored no later than this are too old to be repeated. */
export function rememberedSince(now: Date): Date {
  return new Date(now.getTime() - IDEMPOTENCY_HOURS * 3_600_000)
}

interface StoredRequest {
  operation: string
  requestHash: string
  response: unknown
}

/** Each credential has keys of its own. */
interface KeyOfPrincipal {
  principalId: string
  key: string
}

/** The lock of a key: requests under it take turns. */
export function idempotencyLock({ principalId, key }: KeyOfPrincipal): string {
  return `${KEY_LOCK}${principalId} ${key}`
}

/** The stored response to the same caller's request under this key; null where it is too old. */
export async function findStoredResponse(
  tx: Transaction,
  { principalId, key }: KeyOfPrincipal,
  now: Date
): Promise<StoredRequest | null> {
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
 * `replays` is an expression for a JSON array of `StoredRequest` with their keys and principals.
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

const STORE = statement(
  'store-response',
  { replays: 'jsonb', at: 'timestamptz' },
  replayUpsert({ replays: ':replays', at: ':at' })
)

/** Stores a response for repeats. The key's lock must be held. */
export async function storeResponse(
  tx: Transaction,
  { principalId, key }: KeyOfPrincipal,
  stored: StoredRequest,
  now: Date
): Promise<void> {
  await tx.run(STORE, { replays: [{ principalId, key, ...stored }], at: now })
}

const CLAIM_OPERATOR_KEY = statement(
  'claim-operator-key',
  { key: 'text', at: 'timestamptz', since: 'timestamptz' },
  'select directory.claim_operator_key(:key, :at, :since) as claimed'
).returning<{ claimed: boolean }>()

/** Claims a key of the operator for a new dealer. False where another dealer has been created under it. */
export async function claimOperatorKey(tx: Transaction, key: string, now: Date): Promise<boolean> {
  const [row] = await tx.run(CLAIM_OPERATOR_KEY, { key, at: now, since: rememberedSince(now) })
  return row?.claimed === true
}

const FORGET = statement(
  'forget-responses',
  { until: 'timestamptz', limit: 'integer' },
  `with gone as (
     delete from idempotency_keys k using (
       select o.principal_id, o.key from idempotency_keys o
       where o.dealer_id = :dealerId and o.created_at <= :until
       order by o.created_at limit :limit for update skip locked) old
     where k.dealer_id = :dealerId and k.principal_id = old.principal_id and k.key = old.key
     returning 1)
   select count(*)::integer as gone from gone`
).returning<{ gone: number }>()

/** Removes so many responses that are too old to be repeated, the oldest first; returns how many there were. */
export async function forgetResponses(tx: Transaction, now: Date, limit: number): Promise<number> {
  const [row] = await tx.run(FORGET, { until: rememberedSince(now), limit })
  return row?.gone ?? 0
}
