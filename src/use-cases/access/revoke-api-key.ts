import type { Database } from '../../database/client.ts'
import type { ApiKey } from '../../domain/access/api-key.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findApiKey, updateApiKey } from '../../repositories/access/api-keys.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface RevokeApiKey extends ChangeCommand {
  apiKeyId: string
}

/** Revokes a key; a second time changes nothing. */
export async function revokeApiKey(db: Database, command: RevokeApiKey): Promise<ApiKey | Refusal> {
  const { principal, now, apiKeyId } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await findApiKey(tx, apiKeyId, 'update'), 'API key')
    if (isRefusal(before) || before.revokedAt !== null) return before
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'api_key.revoked', subject: { type: 'api_key', id: apiKeyId } }
    ])
    return await updateApiKey(tx, apiKeyId, { revokedAt: now }, now)
  })
}
