import type { Transaction } from '../../../database/client.ts'
import { guessMapping } from '../../../domain/imports/guess-mapping.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import type {
  ColumnMapping,
  Import,
  ImportColumn,
  ImportTarget
} from '../../../domain/imports/import.ts'
import type { FileReader } from '../../../imports/file-reader.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import { removeImportFile } from '../../../repositories/imports/import-files.ts'
import type { StoredFile } from './store-rows.ts'

/** The columns of a file whose rows are stored, as its values show them. */
export async function describeColumns(
  tx: Transaction,
  reader: FileReader,
  { samples, dates }: StoredFile
): Promise<ImportColumn[]> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a credential was not found')
  return reader.columns.map((name, at) => ({
    name,
    samples: samples.of(at),
    dates: dates.of(at, dealer.country)
  }))
}

/** The guess of the field of each column. */
export async function guessFields(
  tx: Transaction,
  target: ImportTarget,
  columns: readonly ImportColumn[]
): Promise<ColumnMapping[]> {
  return guessMapping(columns, target, await listCustomFields(tx, nounOf(target)))
}

/** How a file was read. One with secrets is not kept: only its rows have been freed of them. */
export async function settleKeptFile(
  tx: Transaction,
  importId: string,
  { reading, unkept }: { reading: Import['reading']; unkept: Import['reading']['unkept'] }
): Promise<Import['reading']> {
  if (unkept !== null) await removeImportFile(tx, importId)
  return { ...reading, unkept }
}
