import type { Database, Transaction } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { DEFAULT_IMPORT_SOURCE, defaultSettings } from '../../domain/imports/default-settings.ts'
import { unread } from '../../domain/imports/import.ts'
import type {
  FileSettings,
  Import,
  ImportFormat,
  ImportTarget
} from '../../domain/imports/import.ts'
import { NO_COUNTS } from '../../domain/imports/row-tally.ts'
import { invalid } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findSource, findSourceByKey } from '../../repositories/dealers/sources.ts'
import { insertImport } from '../../repositories/imports/imports.ts'
import type { CreateCommand } from '../command.ts'
import { findReplay, write } from '../write.ts'
import type { Replay } from '../write.ts'

interface BeginImport extends CreateCommand<Import> {
  target: ImportTarget
  format: ImportFormat
  name: string
  /** Null: the default source of the target. */
  sourceId: string | null
  fileSettings: FileSettings
}

/** An import whose file is not received yet, and the dealer's place, for the guess of the encoding. */
interface BegunImport {
  begun: Import
  origin: Origin
}

/** Begins an import, before its file is read. A repeat gets the first response instead. */
export async function beginImport(
  db: Database,
  command: BeginImport
): Promise<BegunImport | Replay | Refusal> {
  return await write(
    db,
    command,
    async (tx) => (await findReplay(tx, command)) ?? (await begin(tx, command))
  )
}

async function begin(
  tx: Transaction,
  { principal, target, format, name, sourceId, fileSettings, now }: BeginImport
): Promise<BegunImport | Refusal> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a credential was not found')
  const isDefault = sourceId === null && target === 'leads'
  const found =
    sourceId === null
      ? isDefault && (await findSourceByKey(tx, DEFAULT_IMPORT_SOURCE))
      : await findSource(tx, sourceId)
  if (found !== false && found?.active !== true) return invalid('/source', 'inactive-source')
  const begun: Import = {
    id: newId(),
    target,
    name,
    state: 'receiving',
    reading: unread(format),
    bytes: 0,
    rows: 0,
    columns: [],
    settings: {
      ...defaultSettings(target, { sourceId: found ? found.id : null, mapping: [] }),
      ...fileSettings
    },
    processed: 0,
    counts: NO_COUNTS,
    check: null,
    passStartedAt: null,
    passStartedRow: 0,
    fault: null,
    operationId: null,
    actor: actorOf(principal),
    startedAt: null,
    finishedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertImport(tx, begun)
  return { begun, origin: { locale: dealer.locale, country: dealer.country } }
}
