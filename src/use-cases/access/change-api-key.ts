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

interface ChangeApiKey extends ChangeCommand {
  apiKeyId: string
  change: Partial<Pick<ApiKey, 'name' | 'lenient'>>
}

export async function changeApiKey(db: Database, command: ChangeApiKey): Promise<ApiKey | Refusal> {
  const { principal, now, apiKeyId, change } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await findApiKey(tx, apiKeyId, 'update'), 'API key')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'api_key.updated',
        subject: { type: 'api_key', id: apiKeyId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateApiKey(tx, apiKeyId, change, now)
  })
}
