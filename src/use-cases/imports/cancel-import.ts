import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Import } from '../../domain/imports/import.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import { tellOfImported } from '../notifications/steps/tell-of-imported.ts'
import { write } from '../write.ts'
import type { StartImport } from './start-import.ts'

/**
 * Stops a dry run or a run. The records of a stopped run stay; its operation undoes them. A worker
 * reads the state before each batch.
 */
export async function cancelImport(db: Database, command: StartImport): Promise<Import | Refusal> {
  const { principal, importId: id, now } = command
  return await write(db, command, async (tx) => {
    const stored = await lockImport(tx, id)
    if (!stored) return notFound('import')
    if (stored.state === 'checking') {
      return await updateImport(tx, id, { state: 'ready', check: null, finishedAt: now }, now)
    }
    if (stored.state !== 'running') return { refusal: 'import-state', state: stored.state }
    const data = { operationId: stored.operationId, ...stored.counts }
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'import.cancelled', subject: { type: 'import', id }, data }
    ])
    await tellOfImported(tx, stored, { now, mailDomain: command.mailDomain })
    return await updateImport(tx, id, { state: 'cancelled', finishedAt: now }, now)
  })
}
