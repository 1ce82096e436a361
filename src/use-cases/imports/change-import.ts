import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Import, ImportSettings } from '../../domain/imports/import.ts'
import { changedReading, readingFaults } from '../../domain/imports/reading-settings.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { rereadFile } from './steps/reread-file.ts'
import type { OpenFile } from './steps/reread-file.ts'
import { invalidSettings, refuseSettings, refuseState } from './steps/refuse-settings.ts'

interface ChangeImport extends ChangeCommand {
  importId: string
  name: string | undefined
  settings: Partial<ImportSettings>
  /** Names of the changed members, for the event. */
  fields: readonly string[]
  /** Opens the kept file, where the settings say that it is read otherwise. */
  open: OpenFile
}

/**
 * Changes the name and the settings of an import that is `ready`. Its file is read again where they say that it
 * is read otherwise.
 */
export async function changeImport(db: Database, command: ChangeImport): Promise<Import | Refusal> {
  const { principal, importId, name, fields, open, now } = command
  return await write(db, command, async (tx) => {
    const stored = expected(command, await lockImport(tx, importId), 'import')
    if (isRefusal(stored)) return stored
    const given = { ...stored.settings, ...command.settings }
    const changed = changedReading(stored, given)
    const faults = readingFaults(stored.reading, changed, given)
    const unread = refuseState(stored) ?? invalidSettings(faults)
    if (unread) return unread
    const isMapped = command.settings.mapping !== undefined
    const read =
      changed.length === 0
        ? { settings: given }
        : await rereadFile(tx, stored, { settings: given, open, isMapped })
    const refusal = await refuseSettings(
      tx,
      { ...stored, ...read },
      { isGuess: changed.length > 0 && !isMapped }
    )
    if (refusal) return refusal
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'import.updated', subject: { type: 'import', id: importId }, data: { fields } }
    ])
    // The counts of a dry run with other settings are deleted.
    const change = { ...read, name: name ?? stored.name, check: null }
    return await updateImport(tx, importId, change, now)
  })
}
