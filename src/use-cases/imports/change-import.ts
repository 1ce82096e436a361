import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Import, ImportSettings } from '../../domain/imports/import.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { refuseSettings } from './steps/refuse-settings.ts'

interface ChangeImport extends ChangeCommand {
  importId: string
  name: string | undefined
  settings: Partial<ImportSettings>
  /** Names of the changed members, for the event. */
  fields: readonly string[]
}

/** Changes the name and the settings of an import that is `ready`. */
export async function changeImport(db: Database, command: ChangeImport): Promise<Import | Refusal> {
  const { principal, importId, name, fields, now } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await lockImport(tx, importId), 'import')
    if (isRefusal(before)) return before
    const settings = { ...before.settings, ...command.settings }
    const refusal = await refuseSettings(tx, { ...before, settings })
    if (refusal) return refusal
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'import.updated', subject: { type: 'import', id: importId }, data: { fields } }
    ])
    // The counts of a dry run with other settings are deleted.
    const change = { name: name ?? before.name, settings, check: null }
    return await updateImport(tx, importId, change, now)
  })
}
