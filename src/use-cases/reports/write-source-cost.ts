import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { SourceCost } from '../../domain/reports/source-cost.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  lockSourceCost,
  writeSourceCost as storeSourceCost
} from '../../repositories/reports/source-costs.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface WriteSourceCost extends ChangeCommand {
  sourceId: string
  /** `YYYY-MM`. */
  month: string
  content: Pick<SourceCost, 'amount'>
}

/** Sets the cost of a source in one month. */
export async function writeSourceCost(
  db: Database,
  command: WriteSourceCost
): Promise<SourceCost | Refusal> {
  const { principal, now, sourceId, month, content } = command
  return await write(db, command, async (tx) => {
    // The source is locked: before the first cost is written there is no row of its own.
    if (!(await findSource(tx, sourceId, 'update'))) return notFound('source')
    const before = await lockSourceCost(tx, { sourceId, month })
    const refusal = versionRefusal(command, before?.version ?? 0)
    if (refusal) return refusal
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'source_cost.updated', subject: { type: 'source', id: sourceId }, data: { month } }
    ])
    return await storeSourceCost(tx, { sourceId, month, ...content }, now)
  })
}
