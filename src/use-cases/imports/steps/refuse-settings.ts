import type { Transaction } from '../../../database/client.ts'
import type { Import, ImportPlacement } from '../../../domain/imports/import.ts'
import { settingsFaults, startFaults } from '../../../domain/imports/settings-faults.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'
import { findQueue } from '../../../repositories/dealers/queues.ts'
import { findSource } from '../../../repositories/dealers/sources.ts'

/** Refuses an import that is not `ready`, and settings that are wrong at present. */
export async function refuseSettings(
  tx: Transaction,
  one: Pick<Import, 'state' | 'target' | 'columns' | 'reading' | 'settings'>,
  { toStart = false }: { toStart?: boolean } = {}
): Promise<Refusal | null> {
  if (one.state !== 'ready') return { refusal: 'import-state', state: one.state }
  const { sourceId, placement } = one.settings
  const faults = settingsFaults(one, {
    source: sourceId === null ? null : await findSource(tx, sourceId),
    isPlaced: await isAvailable(tx, placement)
  })
  if (toStart) faults.push(...startFaults(one))
  if (faults.length === 0) return null
  return {
    refusal: 'invalid',
    faults: faults.map(({ pointer, message }) => ({ pointer: `/settings${pointer}`, message }))
  }
}

async function isAvailable(tx: Transaction, placement: ImportPlacement): Promise<boolean> {
  switch (placement.kind) {
    case 'rules':
      return true
    case 'user':
      return (await findUser(tx, placement.userId))?.active === true
    case 'queue':
      return placement.queueId === null || (await findQueue(tx, placement.queueId)) !== null
  }
}
