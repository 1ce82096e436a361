import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  lockSourceCost,
  deleteSourceCost as removeSourceCost
} from '../../repositories/reports/source-costs.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface DeleteSourceCost extends ChangeCommand {
  sourceId: string
  /** `YYYY-MM`. */
  month: string
}

/** Removes the cost of a source in one month. */
export async function deleteSourceCost(
  db: Database,
  command: DeleteSourceCost
): Promise<Refusal | null> {
  const { principal, now, sourceId, month } = command
  return await write(db, command, async (tx) => {
    if (!(await findSource(tx, sourceId, 'update'))) return notFound('source')
    const before = await lockSourceCost(tx, { sourceId, month })
    if (!before) return notFound('cost')
    const refusal = versionRefusal(command, before.version)
    if (refusal) return refusal
    await removeSourceCost(tx, { sourceId, month })
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'source_cost.deleted', subject: { type: 'source', id: sourceId }, data: { month } }
    ])
    return null
  })
}
