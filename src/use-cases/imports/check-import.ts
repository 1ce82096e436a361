import type { Database } from '../../database/client.ts'
import type { Import } from '../../domain/imports/import.ts'
import { NO_COUNTS } from '../../domain/imports/row-tally.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import { write } from '../write.ts'
import type { StartImport } from './start-import.ts'
import { refuseSettings } from './steps/refuse-settings.ts'

/** Starts a dry run: a worker counts what the rows would create and change. */
export async function checkImport(db: Database, command: StartImport): Promise<Import | Refusal> {
  const { importId: id, now } = command
  return await write(db, command, async (tx) => {
    const stored = await lockImport(tx, id)
    if (!stored) return notFound('import')
    const refusal = await refuseSettings(tx, stored)
    if (refusal) return refusal
    await enqueueTask(tx, 'import', id)
    const pass = { processed: 0, passStartedAt: null, passStartedRow: 0, finishedAt: null }
    const change = { ...pass, state: 'checking' as const, check: NO_COUNTS, fault: null }
    return await updateImport(tx, id, change, now)
  })
}
