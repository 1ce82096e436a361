import type { Transaction } from '../../../database/client.ts'
import { newId } from '../../../ids.ts'
import { insertRefreshToken } from '../../../repositories/access/refresh-tokens.ts'
import { issueSecret } from '../../../security/credentials.ts'

/** A signed-in user, and the token by which the session goes on. */
export interface Session {
  dealerId: string
  userId: string
  refreshToken: string
}

/** Issues the next refresh token of a family. */
export async function continueSession(
  tx: Transaction,
  { userId, familyId }: { userId: string; familyId: string },
  { now, refreshTokenSeconds }: { now: Date; refreshTokenSeconds: number }
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
