import type { Transaction } from '../../database/client.ts'
import { findSource, findSourceByKey, findSourceBySpelling } from '../dealers/sources.ts'
import { findApiKey } from './api-keys.ts'

/** Whether a key, or the source of its leads, takes leads with members that the contract does not have. */
export async function takesUnknownMembers(
  tx: Transaction,
  { keyId, source }: { keyId: string | null; source: { id: string } | { key: string } }
): Promise<boolean> {
  const key = keyId === null ? null : await findApiKey(tx, keyId)
  if (key?.lenient === true) return true
  const named =
    'id' in source
      ? await findSource(tx, source.id)
      : ((await findSourceByKey(tx, source.key)) ?? (await findSourceBySpelling(tx, source.key)))
  return named?.lenient === true
}
