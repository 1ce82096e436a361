import type { Database } from '../../database/client.ts'
import type { ApiKey } from '../../domain/access/api-key.ts'
import { actorOf } from '../../domain/events/event.ts'
import { invalid } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { issueApiKey } from './steps/issue-api-key.ts'
import type { IssuedApiKey } from './steps/issue-api-key.ts'

interface CreateApiKey extends CreateCommand<IssuedApiKey> {
  apiKey: Pick<ApiKey, 'name' | 'scopes' | 'sourceId' | 'lenient' | 'expiresAt'>
}

export async function createApiKey(
  db: Database,
  command: CreateApiKey
): Promise<Created<IssuedApiKey> | Refusal> {
  const { principal, now } = command
  const { scopes, sourceId, expiresAt } = command.apiKey
  return await createOnce(db, command, async (tx) => {
    if (sourceId !== null && !(await findSource(tx, sourceId))) {
      return invalid('/sourceId', 'unknown-source')
    }
    if (expiresAt !== null && expiresAt <= now) return invalid('/expiresAt', 'not-in-future')
    const issued = await issueApiKey(tx, command, command.apiKey)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'api_key.created',
        subject: { type: 'api_key', id: issued.apiKey.id },
        data: { scopes, sourceId }
      }
    ])
    return issued
  })
}
