import type { Transaction } from '../../../database/client.ts'
import type { Import, ImportPlacement } from '../../../domain/imports/import.ts'
import { settingsFaults, startFaults } from '../../../domain/imports/settings-faults.ts'
import type { SettingsFault } from '../../../domain/imports/settings-faults.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { findQueue } from '../../../repositories/dealers/queues.ts'
import { findSource } from '../../../repositories/dealers/sources.ts'

/** Refuses an import that is not `ready`. */
export function refuseState({ state }: Pick<Import, 'state'>): Refusal | null {
  return state === 'ready' ? null : { refusal: 'import-state', state }
}

/**
 * Refuses an import that is not `ready`, and settings that are wrong at present. A mapping that is a guess may
 * lack a column for an e-mail or phone, as it may after an upload.
 */
export async function refuseSettings(
  tx: Transaction,
  one: Pick<Import, 'state' | 'target' | 'columns' | 'reading' | 'settings'>,
  { toStart = false, isGuess = false }: { toStart?: boolean; isGuess?: boolean } = {}
): Promise<Refusal | null> {
  const { sourceId, placement } = one.settings
  const faults = settingsFaults(one, {
    source: sourceId === null ? null : await findSource(tx, sourceId),
    isPlaced: await isAvailable(tx, placement)
  })
  if (toStart) faults.push(...startFaults(one))
  const wrong = isGuess ? faults.filter(({ pointer }) => pointer !== '/mapping') : faults
  return refuseState(one) ?? invalidSettings(wrong)
}

/** Refuses settings that have faults. */
export function invalidSettings(faults: readonly SettingsFault[]): Refusal | null {
  if (faults.length === 0) return null
  return {
    refusal: 'invalid',
    faults: faults.map(({ pointer, message }) => ({ pointer: `/settings${pointer}`, message }))
  }
}

async function isAvailable(tx: Transaction, placement: ImportPlacement): Promise<boolean> {
  switch (placement.type) {
    case 'rules':
      return true
    case 'user':
      return (await findUser(tx, placement.userId))?.active === true
    case 'queue':
      return placement.queueId === null || (await findQueue(tx, placement.queueId)) !== null
  }
}
