import type { Database } from '../../database/client.ts'
import { isKeyUsable } from '../../domain/access/api-key.ts'
import { actorOf } from '../../domain/events/event.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findApiKey, updateApiKey } from '../../repositories/access/api-keys.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand, CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { issueApiKey } from './steps/issue-api-key.ts'
import type { IssuedApiKey } from './steps/issue-api-key.ts'

interface RotateApiKey extends ChangeCommand, CreateCommand<IssuedApiKey> {
  apiKeyId: string
  /** How long the old key goes on working. */
  overlapSeconds: number
  /** Of the new key; undefined: as the old one's. */
  expiresAt: Date | null | undefined
}

/** Replaces a key by a new one that may do the same. */
export async function rotateApiKey(
  db: Database,
  command: RotateApiKey
): Promise<Created<IssuedApiKey> | Refusal> {
  const { principal, now, apiKeyId, overlapSeconds } = command
  return await createOnce(db, command, async (tx) => {
    const old = expected(command, await findApiKey(tx, apiKeyId, 'update'), 'API key')
    if (isRefusal(old)) return old
    if (!isKeyUsable(old, now)) return { refusal: 'key-not-usable' }
    const { expiresAt = old.expiresAt } = command
    if (expiresAt !== null && expiresAt <= now) return invalid('/expiresAt', 'not-in-future')
    const issued = await issueApiKey(tx, command, { ...old, expiresAt })
    const end = new Date(now.getTime() + overlapSeconds * 1000)
    const oldEnd = old.expiresAt !== null && old.expiresAt < end ? old.expiresAt : end
    await updateApiKey(tx, apiKeyId, { expiresAt: oldEnd }, now)
    const { id, scopes, sourceId } = issued.apiKey
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'api_key.rotated',
        subject: { type: 'api_key', id: apiKeyId },
        data: { replacementId: id, overlapSeconds }
      },
      {
        type: 'api_key.created',
        subject: { type: 'api_key', id },
        data: { scopes, sourceId, replaces: apiKeyId }
      }
    ])
    return issued
  })
}
