import type { Database } from '../../database/client.ts'
import { unauthenticated } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { deleteExpiredTokens } from '../../repositories/access/refresh-tokens.ts'
import { findPasswordHash, findSignIn, findUser } from '../../repositories/access/users.ts'
import type { Passwords } from '../../security/passwords.ts'
import { write } from '../write.ts'
import { continueSession } from './steps/continue-session.ts'
import type { Session } from './steps/continue-session.ts'

/** No dealer has this id: a sign-in to an unknown dealer is looked up there, and takes as long. */
const NO_DEALER = '00000000-0000-0000-0000-000000000000'

interface SignIn {
  dealerSlug: string
  /** In its comparison form. */
  email: string
  password: string
  now: Date
  refreshTokenSeconds: number
  passwords: Passwords
}

/**
 * Signs a user in by password. An unknown dealer, an unknown or inactive user, one without a password,
 * and a wrong one are refused alike, after the same work: the response tells none of them apart.
 */
export async function signIn(db: Database, command: SignIn): Promise<Session | Refusal> {
  const { dealerSlug, email, password, now, passwords } = command
  const dealerId = (await db.findDealerIdBySlug(dealerSlug)) ?? NO_DEALER
  const user = await db.read(dealerId, (tx) => findSignIn(tx, email))
  const isRight = await passwords.verify(password, user?.passwordHash ?? null)
  if (!isRight || user?.active !== true) return unauthenticated('wrong-credentials')
  return await write(db, { principal: { dealerId } }, async (tx) => {
    // Hashing takes long enough for the password to be changed, or the user deactivated.
    const locked = await findUser(tx, user.id, 'update')
    const presentHash = await findPasswordHash(tx, user.id)
    if (locked?.active !== true || presentHash !== user.passwordHash) {
      return unauthenticated('wrong-credentials')
    }
    await deleteExpiredTokens(tx, user.id, now)
    return await continueSession(tx, { userId: user.id, familyId: newId() }, command)
  })
}
