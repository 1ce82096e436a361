import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Import, ImportPlacement, ImportSettings } from '../../domain/imports/import.ts'
import { settingsFaults } from '../../domain/imports/settings-faults.ts'
import type { SettingsFault } from '../../domain/imports/settings-faults.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findQueue } from '../../repositories/dealers/queues.ts'
import { findSource } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { changeImport } from '../../repositories/imports/import-state.ts'
import type { StoredImport } from '../../repositories/imports/import-state.ts'

/**
 * Changes what a locked import is to do with its rows. Answers the import, or what is wrong with the
 * settings, or `busy`: they stand once its rows are gone through.
 */
export async function configureImport(
  tx: Transaction,
  stored: StoredImport,
  change: {
    actor: Actor
    name: string | undefined
    settings: Partial<ImportSettings>
    fields: readonly string[]
    now: Date
  }
): Promise<StoredImport | { faults: SettingsFault[] } | 'busy'> {
  if (stored.state !== 'ready') return 'busy'
  const settings = { ...stored.settings, ...change.settings }
  const faults = await findSettingsFaults(tx, { ...stored, settings })
  if (faults.length > 0) return { faults }
  const { id } = stored
  const changed = await changeImport(
    tx,
    id,
    // What a dry run found held for other settings.
    { name: change.name ?? stored.name, settings, check: null },
    change.now
  )
  await recordEvents(tx, change.actor, change.now, [
    { type: 'import.updated', subject: { type: 'import', id }, data: { fields: change.fields } }
  ])
  return changed
}

/** What is wrong with an import's settings, as things are now. */
export async function findSettingsFaults(
  tx: Transaction,
  one: Pick<Import, 'target' | 'columns' | 'settings'>
): Promise<SettingsFault[]> {
  const { sourceId, placement } = one.settings
  return settingsFaults(one, {
    source: sourceId === null ? null : await findSource(tx, sourceId),
    isPlaced: await isThere(tx, placement)
  })
}

async function isThere(tx: Transaction, placement: ImportPlacement): Promise<boolean> {
  switch (placement.kind) {
    case 'rules':
      return true
    case 'user':
      return (await findUser(tx, placement.userId))?.active === true
    case 'queue':
      return placement.queueId === null || (await findQueue(tx, placement.queueId)) !== null
  }
}
