import { and, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { apiKeys } from '../../database/schema.ts'
import type { ApiKey } from '../../domain/access/api-key.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { given, isRecord } from '../filters.ts'

export async function insertApiKey(
  tx: Transaction,
  key: ApiKey & { keyHash: string }
): Promise<void> {
  await tx.orm.insert(apiKeys).values({ dealerId: tx.dealerId, ...key })
}

export async function listApiKeys(
  tx: Transaction,
  filter: { active?: boolean | undefined; now: Date },
  page: PageRequest
): Promise<Page<ApiKey>> {
  const rows = await tx.filterOrm
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.dealerId, tx.dealerId),
        given(filter.active, (active) => isActive(active, filter.now)),
        afterCursor(apiKeys.createdAt, apiKeys.id, page)
      )
    )
    .orderBy(...pageOrder(apiKeys.createdAt, apiKeys.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toApiKey), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Whether a key still opens anything: neither revoked nor expired. */
function isActive(wanted: boolean, now: Date): SQL | undefined {
  return wanted
    ? and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)))
    : or(isNotNull(apiKeys.revokedAt), lte(apiKeys.expiresAt, now))
}

export async function findApiKey(tx: Transaction, id: string, lock?: Lock): Promise<ApiKey | null> {
  const query = tx.orm
    .select()
    .from(apiKeys)
    .where(isRecord(tx, apiKeys, id))
  const [row] = await lockedIf(query, lock, apiKeys)
  return row ? toApiKey(row) : null
}

/** Changes a locked key and returns it as it is now. */
export async function updateApiKey(
  tx: Transaction,
  id: string,
  change: Partial<Pick<ApiKey, 'name' | 'lenient' | 'expiresAt' | 'revokedAt'>>,
  now: Date
): Promise<ApiKey> {
  const [row] = await tx.orm
    .update(apiKeys)
    .set({ ...change, version: sql`${apiKeys.version} + 1`, updatedAt: now })
    .where(isRecord(tx, apiKeys, id))
    .returning()
  if (!row) throw new Error('a locked API key is gone')
  return toApiKey(row)
}

/** Without the hash, which only a sign-in compares. */
function toApiKey({ dealerId: _, keyHash: _hash, ...key }: typeof apiKeys.$inferSelect): ApiKey {
  return key
}
