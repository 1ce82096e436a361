import type { Database } from '../../database/client.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findSource, updateSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeSource extends ChangeCommand {
  sourceId: string
  change: Partial<Pick<Source, 'name' | 'kind' | 'active' | 'lenient' | 'quietAfterHours'>>
}

export async function changeSource(db: Database, command: ChangeSource): Promise<Source | Refusal> {
  const { principal, now, sourceId, change } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await findSource(tx, sourceId, 'update'), 'source')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'source.updated',
        subject: { type: 'source', id: sourceId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateSource(tx, sourceId, change, now)
  })
}
