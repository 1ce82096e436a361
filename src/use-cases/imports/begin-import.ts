import type { Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { DEFAULT_IMPORT_SOURCE, defaultSettings } from '../../domain/imports/default-settings.ts'
import { guessMapping } from '../../domain/imports/guess-mapping.ts'
import type {
  Import,
  ImportColumn,
  ImportFormat,
  ImportSettings,
  ImportTarget
} from '../../domain/imports/import.ts'
import { nounOf } from '../../domain/imports/import.ts'
import { NO_COUNTS } from '../../domain/imports/row-tally.ts'
import type { ColumnSamples } from '../../domain/imports/samples.ts'
import { newId } from '../../ids.ts'
import type { Origin } from '../../imports/encoding.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findSourceByKey } from '../../repositories/dealers/sources.ts'
import { listCustomFields } from '../../repositories/fields/custom-fields.ts'

/** What is said of a file before it comes. */
export interface ComingFile {
  target: ImportTarget
  format: ImportFormat
  name: string
  /** A source's key, or null: the target's usual one. */
  source: string | null
}

/** An import whose file is about to come, and whose letters to expect in it; null: no such source. */
export async function beginImport(
  tx: Transaction,
  { target, format, name, source }: ComingFile,
  { actor, now }: { actor: Actor; now: Date }
): Promise<{ begun: Import; origin: Origin } | null> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a credential is gone')
  const key = source ?? (target === 'leads' ? DEFAULT_IMPORT_SOURCE : null)
  const found = key === null ? null : await findSourceByKey(tx, key)
  if (key !== null && found?.active !== true) return null
  const begun: Import = {
    id: newId(),
    target,
    name,
    state: 'receiving',
    reading: { format, encoding: null, separator: null },
    bytes: 0,
    rows: 0,
    columns: [],
    settings: defaultSettings(target, { sourceId: found?.id ?? null, mapping: [] }),
    processed: 0,
    counts: NO_COUNTS,
    check: null,
    passStartedAt: null,
    passStartedRow: 0,
    fault: null,
    operationId: null,
    actor,
    startedAt: null,
    finishedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  return { begun, origin: { locale: dealer.locale, country: dealer.country } }
}

/** The columns of a file that has come, with some of their values, and where each probably goes. */
export async function describeColumns(
  tx: Transaction,
  { target, settings }: Import,
  names: readonly string[],
  samples: ColumnSamples
): Promise<{ columns: ImportColumn[]; settings: ImportSettings }> {
  const columns = names.map((name, at) => ({ name, samples: samples.of(at) }))
  const fields = await listCustomFields(tx, nounOf(target))
  return { columns, settings: { ...settings, mapping: guessMapping(columns, target, fields) } }
}
