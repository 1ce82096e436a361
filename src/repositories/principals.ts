import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'

import type { Transaction } from '../database/client.ts'
import { apiKeys, users } from '../database/schema.ts'
import type { KeyPrincipal, Scope, UserPrincipal } from '../domain/permissions.ts'

/** How exact an API key's `lastUsedAt` is: written at most this often, in seconds. */
const LAST_USE_SECONDS = 60

/** The key with this hash, or null where there is none, or it has expired or been revoked. */
export async function findKeyPrincipal(
  tx: Transaction,
  keyHash: string,
  now: Date
): Promise<KeyPrincipal | null> {
  const [key] = await tx.orm
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.dealerId, tx.dealerId), eq(apiKeys.keyHash, keyHash)))
  if (key === undefined || key.revokedAt !== null) return null
  if (key.expiresAt !== null && key.expiresAt <= now) return null
  const stale = new Date(now.getTime() - LAST_USE_SECONDS * 1000)
  if (key.lastUsedAt === null || key.lastUsedAt < stale) {
    await tx.orm
      .update(apiKeys)
      .set({ lastUsedAt: now })
      .where(
        and(
          eq(apiKeys.dealerId, tx.dealerId),
          eq(apiKeys.id, key.id),
          // Of many first requests at once, one writes; the others find it written.
          or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, stale))
        )
      )
  }
  const { dealerId, id, sourceId } = key
  return { kind: 'key', dealerId, id, scopes: key.scopes as Scope[], sourceId }
}

/** The user with this id, or null where there is none who may still sign in. */
export async function findUserPrincipal(
  tx: Transaction,
  id: string
): Promise<UserPrincipal | null> {
  const [user] = await tx.orm
    .select({ role: users.role, grants: users.grants })
    .from(users)
    .where(and(eq(users.dealerId, tx.dealerId), eq(users.id, id), sql`${users.active}`))
  return user ? { kind: 'user', dealerId: tx.dealerId, id, ...user } : null
}
