import type { Database, Transaction } from '../../database/client.ts'
import { unauthenticated } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import {
  findRefreshToken,
  markRefreshTokenUsed,
  revokeFamily
} from '../../repositories/access/refresh-tokens.ts'
import { findUser } from '../../repositories/access/users.ts'
import { readSecret } from '../../security/credentials.ts'
import { continueSession } from './steps/continue-session.ts'
import type { Session } from './steps/continue-session.ts'

interface RefreshSession {
  refreshToken: string
  now: Date
  refreshTokenSeconds: number
}

/**
 * Exchanges a refresh token for the next of its family. A token that is used a second time was stolen:
 * then the whole family ends, and that commits although the exchange is refused.
 */
export async function refreshSession(
  db: Database,
  command: RefreshSession
): Promise<Session | Refusal> {
  const claimed = readSecret('rt_', command.refreshToken)
  const session =
    claimed && (await db.transaction(claimed.dealerId, (tx) => exchange(tx, claimed.hash, command)))
  return session ?? unauthenticated('session-ended')
}

async function exchange(
  tx: Transaction,
  tokenHash: string,
  command: RefreshSession
): Promise<Session | null> {
  const { now } = command
  const found = await findRefreshToken(tx, tokenHash)
  // The user is locked before anything is decided, so that of two uses at once the second sees the
  // first, and a change of password leaves no token behind.
  const user = found && (await findUser(tx, found.userId, 'update'))
  const token = user && (await findRefreshToken(tx, tokenHash))
  if (!token) return null
  if (token.usedAt !== null) await revokeFamily(tx, token.familyId, now)
  if (token.usedAt !== null || token.revokedAt !== null) return null
  if (token.expiresAt <= now || !user.active) return null
  await markRefreshTokenUsed(tx, token.id, now)
  return await continueSession(tx, token, command)
}
