import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { NO_COUNTS } from '../../domain/imports/row-tally.ts'
import type { SettingsFault } from '../../domain/imports/settings-faults.ts'
import { newId } from '../../ids.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { changeImport, lockImport } from '../../repositories/imports/import-state.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import type { StoredImport } from '../../repositories/imports/import-state.ts'
import { insertPayload } from '../../repositories/imports/payload.ts'
import { findSettingsFaults } from './configure-import.ts'

/** What stands in the way of a step: its state, or its settings as things are now. */
export type StepRefusal = { wrongState: StoredImport['state'] } | { faults: SettingsFault[] }

interface Step {
  id: string
  actor: Actor
  now: Date
}

/** Has a worker go through the rows and say what would become of them. Null: there is no such import. */
export async function checkImport(
  tx: Transaction,
  { id, now }: Step
): Promise<StoredImport | StepRefusal | null> {
  const stored = await lockImport(tx, id)
  const refusal = stored && (await refusalOf(tx, stored))
  if (!stored || refusal) return refusal
  const pass = { processed: 0, passStartedAt: null, passStartedRow: 0, finishedAt: null }
  const changed = await changeImport(
    tx,
    id,
    { ...pass, state: 'checking', check: NO_COUNTS, fault: null },
    now
  )
  await enqueueTask(tx, 'import', id)
  return changed
}

/** Has a worker make what the rows say. All of it can be taken back as one operation. */
export async function startImport(
  tx: Transaction,
  { id, actor, now }: Step
): Promise<StoredImport | StepRefusal | null> {
  const stored = await lockImport(tx, id)
  const refusal = stored && (await refusalOf(tx, stored))
  if (!stored || refusal) return refusal
  const operationId = newId()
  const payloadId = stored.target === 'leads' ? newId() : null
  if (payloadId !== null) await insertPayload(tx, payloadId, stored, now)
  await insertOperation(tx, {
    id: operationId,
    kind: 'import',
    state: 'done',
    leadId: null,
    recorded: { importId: id },
    actor,
    undoneAt: null,
    createdAt: now
  })
  const changed = await changeImport(
    tx,
    id,
    {
      state: 'running',
      fault: null,
      processed: 0,
      counts: NO_COUNTS,
      passStartedAt: null,
      passStartedRow: 0,
      payloadId,
      operationId,
      startedAt: now,
      finishedAt: null
    },
    now
  )
  await enqueueTask(tx, 'import', id)
  await recordEvents(tx, actor, now, [
    { type: 'import.started', subject: { type: 'import', id }, data: { operationId } }
  ])
  return changed
}

/**
 * Stops an import: a dry run leaves it as it was; of a run, what was made until then stays, and can be
 * taken back. A worker looks at the state before each batch.
 */
export async function cancelImport(
  tx: Transaction,
  { id, actor, now }: Step
): Promise<StoredImport | StepRefusal | null> {
  const stored = await lockImport(tx, id)
  if (!stored) return null
  if (stored.state === 'checking') {
    return await changeImport(tx, id, { state: 'ready', check: null, finishedAt: now }, now)
  }
  if (stored.state !== 'running') return { wrongState: stored.state }
  const changed = await changeImport(tx, id, { state: 'cancelled', finishedAt: now }, now)
  const data = { operationId: stored.operationId, ...stored.counts }
  await recordEvents(tx, actor, now, [
    { type: 'import.cancelled', subject: { type: 'import', id }, data }
  ])
  return changed
}

async function refusalOf(tx: Transaction, stored: StoredImport): Promise<StepRefusal | null> {
  if (stored.state !== 'ready') return { wrongState: stored.state }
  const faults = await findSettingsFaults(tx, stored)
  return faults.length > 0 ? { faults } : null
}
