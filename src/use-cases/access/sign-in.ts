import { issueSecret, readSecret } from '../../security/credentials.ts'
import type { Database, Transaction } from '../../database/client.ts'
import { newId } from '../../ids.ts'
import type { Passwords } from '../../security/passwords.ts'
import {
  deleteExpiredTokens,
  findRefreshToken,
  insertRefreshToken,
  markRefreshTokenUsed,
  revokeFamily
} from '../../repositories/access/refresh-tokens.ts'
import { findPasswordHash, findSignIn, lockUser } from '../../repositories/access/users.ts'

/** What a user who has proved who they are may go on with. */
export interface Session {
  dealerId: string
  userId: string
  refreshToken: string
}

/** No dealer has this id: who names an unknown one is looked up there, and takes as long. */
const NO_DEALER = '00000000-0000-0000-0000-000000000000'

/**
 * Signs a user in by password. Answers null, after the same work, for an unknown dealer, an unknown or
 * inactive user, one without a password, and a wrong one: nobody learns which it was.
 */
export async function signIn(
  db: Database,
  {
    dealerSlug,
    email,
    password,
    now,
    refreshTokenSeconds,
    passwords
  }: {
    dealerSlug: string
    /** In its comparison form. */
    email: string
    password: string
    now: Date
    refreshTokenSeconds: number
    passwords: Passwords
  }
): Promise<Session | null> {
  const dealerId = (await db.findDealerIdBySlug(dealerSlug)) ?? NO_DEALER
  const user = await db.transaction(dealerId, (tx) => findSignIn(tx, email))
  const isRight = await passwords.verify(password, user?.passwordHash ?? null)
  if (!isRight || user?.active !== true) return null
  return await db.transaction(dealerId, async (tx) => {
    // Hashing takes long enough for the password to be changed, or the user deactivated.
    const locked = await lockUser(tx, user.id)
    const presentHash = await findPasswordHash(tx, user.id)
    if (locked?.active !== true || presentHash !== user.passwordHash) return null
    await deleteExpiredTokens(tx, user.id, now)
    return await continueSession(tx, { userId: user.id, familyId: newId() }, now, {
      refreshTokenSeconds
    })
  })
}

/**
 * Exchanges a refresh token for the next of its family, or null where it opens nothing any more. A
 * token used a second time was stolen, from them or by them: then the whole family ends.
 */
export async function refreshSession(
  db: Database,
  {
    refreshToken,
    now,
    refreshTokenSeconds
  }: { refreshToken: string; now: Date; refreshTokenSeconds: number }
): Promise<Session | null> {
  const claimed = readSecret('rt_', refreshToken)
  if (!claimed) return null
  return await db.transaction(claimed.dealerId, async (tx) => {
    const found = await findRefreshToken(tx, claimed.hash)
    // The user is locked before anything is decided, so that of two uses at once the second sees the
    // first, and a change of password leaves no token behind.
    const user = found && (await lockUser(tx, found.userId))
    const token = user && (await findRefreshToken(tx, claimed.hash))
    if (!token) return null
    if (token.usedAt !== null) await revokeFamily(tx, token.familyId, now)
    if (token.usedAt !== null || token.revokedAt !== null) return null
    if (token.expiresAt <= now || !user.active) return null
    await markRefreshTokenUsed(tx, token.id, now)
    return await continueSession(tx, token, now, { refreshTokenSeconds })
  })
}

/** Ends the session a refresh token belongs to; one that opens nothing is no mistake. */
export async function signOut(
  db: Database,
  { refreshToken, now }: { refreshToken: string; now: Date }
): Promise<void> {
  const claimed = readSecret('rt_', refreshToken)
  if (!claimed) return
  await db.transaction(claimed.dealerId, async (tx) => {
    const found = await findRefreshToken(tx, claimed.hash)
    if (!found) return
    await lockUser(tx, found.userId)
    await revokeFamily(tx, found.familyId, now)
  })
}

async function continueSession(
  tx: Transaction,
  { userId, familyId }: { userId: string; familyId: string },
  now: Date,
  { refreshTokenSeconds }: { refreshTokenSeconds: number }
): Promise<Session> {
  const secret = issueSecret('rt_', tx.dealerId)
  await insertRefreshToken(tx, {
    id: newId(),
    userId,
    familyId,
    tokenHash: secret.hash,
    expiresAt: new Date(now.getTime() + refreshTokenSeconds * 1000),
    usedAt: null,
    revokedAt: null,
    createdAt: now
  })
  return { dealerId: tx.dealerId, userId, refreshToken: secret.text }
}
