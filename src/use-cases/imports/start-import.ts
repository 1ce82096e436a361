import type { Database, Transaction } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Import } from '../../domain/imports/import.ts'
import { NO_COUNTS } from '../../domain/imports/row-tally.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockImport, updateImport } from '../../repositories/imports/import-state.ts'
import type { StoredImport } from '../../repositories/imports/import-state.ts'
import { insertImportPayload } from '../../repositories/imports/payload.ts'
import { insertOperation } from '../../repositories/operations/operations.ts'
import { removeImportFile } from '../../repositories/imports/import-files.ts'
import { enqueueTask } from '../../repositories/tasks.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'
import { refuseSettings } from './steps/refuse-settings.ts'

export interface StartImport extends Command {
  importId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/** Starts the run of an import, which a worker carries out. One operation undoes the whole run. */
export async function startImport(db: Database, command: StartImport): Promise<Import | Refusal> {
  return await write(db, command, async (tx) => {
    const stored = await lockImport(tx, command.importId)
    if (!stored) return notFound('import')
    return (
      (await refuseSettings(tx, stored, { toStart: true })) ?? (await start(tx, command, stored))
    )
  })
}

async function start(
  tx: Transaction,
  { principal, importId: id, now }: StartImport,
  stored: StoredImport
): Promise<Import> {
  const actor = actorOf(principal)
  const operationId = newId()
  const payloadId = stored.target === 'leads' ? newId() : null
  if (payloadId !== null) await insertImportPayload(tx, payloadId, stored, now)
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
  await removeImportFile(tx, id)
  await enqueueTask(tx, 'import', id)
  await recordEvents(tx, actor, now, [
    { type: 'import.started', subject: { type: 'import', id }, data: { operationId } }
  ])
  return await updateImport(
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
}
