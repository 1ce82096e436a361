import { and, eq, lt } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { refreshTokens } from '../../database/schema.ts'

/** Forgets the dealer's refresh tokens that no longer open anything. */
export async function forgetExpiredTokens(tx: Transaction, now: Date): Promise<void> {
  await tx.orm
    .delete(refreshTokens)
    .where(and(eq(refreshTokens.dealerId, tx.dealerId), lt(refreshTokens.expiresAt, now)))
}
