import type { Transaction } from '../../../database/client.ts'
import type { Import, ImportSettings } from '../../../domain/imports/import.ts'
import { keepMapping } from '../../../domain/imports/reading-settings.ts'
import type { FileReader } from '../../../imports/file-reader.ts'
import type { Origin } from '../../../decoding/plausibility.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { insertImportRows, removeImportRows } from '../../../repositories/imports/import-rows.ts'
import { clearProblems } from '../../../repositories/imports/write-records.ts'
import { keptBytes } from '../keep-file.ts'
import { describeColumns, guessFields, settleKeptFile } from './describe-file.ts'
import { storeRows } from './store-rows.ts'

/** Opens the bytes of a file as the settings say. */
export type OpenFile = (
  bytes: AsyncIterable<Uint8Array>,
  settings: ImportSettings,
  basis: { format: Import['reading']['format']; origin: Origin }
) => FileReader

/** The number of rows that one statement deletes. */
const BATCH_ROWS = 10_000

/**
 * Reads the kept file of an import again, by other settings: rows, columns and the guesses are made anew, and
 * the problems of a dry run go. In the transaction of the change, so that all stays where the file
 * can't be read so. `settings` have the mapping that was asked for; otherwise what a person set of it is kept.
 */
export async function rereadFile(
  tx: Transaction,
  before: Import,
  { settings, open, isMapped }: { settings: ImportSettings; open: OpenFile; isMapped: boolean }
): Promise<Pick<Import, 'rows' | 'columns' | 'reading' | 'settings'>> {
  const { id, target } = before
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a credential was not found')
  const origin = { locale: dealer.locale, country: dealer.country }
  const reader = open(keptBytes(tx, id), settings, { format: before.reading.format, origin })
  while ((await removeImportRows(tx, id, BATCH_ROWS)) === BATCH_ROWS);
  await clearProblems(tx, id)
  const file = await storeRows(reader, (batch) => insertImportRows(tx, id, batch))
  const columns = await describeColumns(tx, reader, file)
  const unkept = file.hasSecrets ? 'has_secrets' : null
  const reading = await settleKeptFile(tx, id, { reading: reader.reading, unkept })
  const guess = await guessFields(tx, target, columns)
  const mapping = keepMapping(
    target,
    {
      names: before.columns.map(({ name }) => name),
      header: before.reading.header,
      guess: await guessFields(tx, target, before.columns),
      mapping: before.settings.mapping
    },
    { names: columns.map(({ name }) => name), header: reading.header, guess }
  )
  return {
    rows: file.rows,
    columns,
    reading,
    settings: isMapped ? settings : { ...settings, mapping }
  }
}
