import type { Database } from '../../database/client.ts'
import { findRefreshToken, revokeFamily } from '../../repositories/access/refresh-tokens.ts'
import { findUser } from '../../repositories/access/users.ts'
import { readSecret } from '../../security/credentials.ts'

/** Ends the session that a refresh token belongs to; an unknown token is no mistake. */
export async function signOut(
  db: Database,
  { refreshToken, now }: { refreshToken: string; now: Date }
): Promise<void> {
  const claimed = readSecret('rt_', refreshToken)
  if (!claimed) return
  await db.transaction(claimed.dealerId, async (tx) => {
    const found = await findRefreshToken(tx, claimed.hash)
    if (!found) return
    await findUser(tx, found.userId, 'update')
    await revokeFamily(tx, found.familyId, now)
  })
}
