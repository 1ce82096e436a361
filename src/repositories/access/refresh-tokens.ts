import { and, eq, isNull, lt } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { refreshTokens } from '../../database/schema.ts'
import { statement } from '../../database/statement.ts'
import { isRecord } from '../filters.ts'

/** One refresh token of a chain, known by its hash. */
interface RefreshToken {
  id: string
  userId: string
  familyId: string
  tokenHash: string
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
  createdAt: Date
}

export async function insertRefreshToken(tx: Transaction, token: RefreshToken): Promise<void> {
  await tx.orm.insert(refreshTokens).values({ dealerId: tx.dealerId, ...token })
}

export async function findRefreshToken(
  tx: Transaction,
  tokenHash: string
): Promise<RefreshToken | null> {
  const [row] = await tx.orm
    .select()
    .from(refreshTokens)
    .where(and(eq(refreshTokens.dealerId, tx.dealerId), eq(refreshTokens.tokenHash, tokenHash)))
  return row ?? null
}

export async function markRefreshTokenUsed(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.orm
    .update(refreshTokens)
    .set({ usedAt: now })
    .where(isRecord(tx, refreshTokens, id))
}

/** Ends one chain: what a sign-in began, and every token that came of it. */
export async function revokeFamily(tx: Transaction, familyId: string, now: Date): Promise<void> {
  await tx.orm
    .update(refreshTokens)
    .set({ revokedAt: now })
    .where(
      and(
        eq(refreshTokens.dealerId, tx.dealerId),
        eq(refreshTokens.familyId, familyId),
        isNull(refreshTokens.revokedAt)
      )
    )
}

/** Ends every chain of a user, who must be locked: no new one can then come in between. */
export async function revokeTokensOfUser(tx: Transaction, userId: string, now: Date) {
  await tx.orm
    .update(refreshTokens)
    .set({ revokedAt: now })
    .where(
      and(
        eq(refreshTokens.dealerId, tx.dealerId),
        eq(refreshTokens.userId, userId),
        isNull(refreshTokens.revokedAt)
      )
    )
}

/** Forgets a user's tokens that no longer open anything. */
export async function deleteExpiredTokens(tx: Transaction, userId: string, now: Date) {
  await tx.orm
    .delete(refreshTokens)
    .where(
      and(
        eq(refreshTokens.dealerId, tx.dealerId),
        eq(refreshTokens.userId, userId),
        lt(refreshTokens.expiresAt, now)
      )
    )
}

const FORGET = statement(
  'forget-tokens',
  { now: 'timestamptz', limit: 'integer' },
  `with gone as (
     delete from refresh_tokens where dealer_id = :dealerId and id = any (array(
       select id from refresh_tokens where dealer_id = :dealerId and expires_at < :now
       order by expires_at limit :limit for update skip locked))
     returning 1)
   select count(*)::integer as gone from gone`
).returning<{ gone: number }>()

/** Forgets so many of the dealer's refresh tokens that no longer open anything; returns how many there were. */
export async function forgetExpiredTokens(
  tx: Transaction,
  now: Date,
  limit: number
): Promise<number> {
  const [row] = await tx.run(FORGET, { now, limit })
  return row?.gone ?? 0
}
