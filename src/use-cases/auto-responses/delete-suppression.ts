import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { deleteSuppression as removeSuppression } from '../../repositories/auto-responses/suppressions.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

/** Allows automatic mail to an address again. */
export async function deleteSuppression(
  db: Database,
  command: Command & { suppressionId: string }
): Promise<Refusal | null> {
  const { principal, now, suppressionId: id } = command
  return await write(db, command, async (tx) => {
    if (!(await removeSuppression(tx, id))) return notFound('suppression')
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'suppression.removed', subject: { type: 'suppression', id } }
    ])
    return null
  })
}
