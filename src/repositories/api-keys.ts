import type { Transaction } from '../database/client.ts'
import { apiKeys } from '../database/schema.ts'
import type { ApiKey } from '../domain/api-key.ts'

export async function insertApiKey(
  tx: Transaction,
  key: ApiKey & { keyHash: string }
): Promise<void> {
  await tx.orm.insert(apiKeys).values({ dealerId: tx.dealerId, ...key })
}
