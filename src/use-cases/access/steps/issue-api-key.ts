import type { Transaction } from '../../../database/client.ts'
import type { ApiKey } from '../../../domain/access/api-key.ts'
import { newId } from '../../../ids.ts'
import { insertApiKey } from '../../../repositories/access/api-keys.ts'
import { issueSecret } from '../../../security/credentials.ts'
import type { Command } from '../../command.ts'

/** A new key with its secret, which is readable only now. */
export interface IssuedApiKey {
  apiKey: ApiKey
  secret: string
}

/** Draws a secret and stores the key with its hash. */
export async function issueApiKey(
  tx: Transaction,
  { principal, now }: Command,
  content: Pick<ApiKey, 'name' | 'scopes' | 'sourceId' | 'lenient' | 'expiresAt'>
): Promise<IssuedApiKey> {
  const secret = issueSecret('lk_live_', tx.dealerId)
  const { name, scopes, sourceId, lenient, expiresAt } = content
  const apiKey: ApiKey = {
    id: newId(),
    name,
    prefix: secret.prefix,
    scopes,
    sourceId,
    lenient,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
    createdBy: principal.id,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertApiKey(tx, { ...apiKey, keyHash: secret.hash })
  return { apiKey, secret: secret.text }
}
