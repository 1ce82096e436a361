import { ColumnDateTally } from '../../../domain/imports/column-dates.ts'
import type { FileRow, StoredRow } from '../../../domain/imports/import.ts'
import { ColumnSamples } from '../../../domain/imports/samples.ts'
import { SecretCells } from '../../../domain/imports/secret-cells.ts'
import { fileFault } from '../../../imports/file-fault.ts'
import { MAX_ROWS } from '../../../imports/limits.ts'
import type { FileReader } from '../../../imports/file-reader.ts'

/** The limits of one statement, so that the texts of its rows fit into memory. */
const BATCH_ROWS = 1_000
const BATCH_CHARACTERS = 1_000_000

/** The rows of a file as they were stored. */
export interface StoredFile {
  rows: number
  samples: ColumnSamples
  dates: ColumnDateTally
  /** Whether passwords or numbers of cards were removed. */
  hasSecrets: boolean
}

/** Reads the rows of a file and stores them in batches; `rows` is the number of all rows so far. */
export async function storeRows(
  reader: FileReader,
  store: (batch: readonly StoredRow[], rows: number) => Promise<void>
): Promise<StoredFile> {
  const samples = new ColumnSamples()
  const dates = new ColumnDateTally()
  let secrets: SecretCells | null = null
  let rows = 0
  for await (const given of inBatches(reader.rows)) {
    // The reader knows its columns with its first rows.
    const known = (secrets ??= new SecretCells(reader.columns))
    const batch = given.map((row) => known.remove(row))
    samples.add(batch)
    dates.add(batch)
    const numbered = batch.map((row): StoredRow => ({ ...row, number: ++rows }))
    if (rows > MAX_ROWS) throw fileFault('too_many_rows', { limit: MAX_ROWS })
    await store(numbered, rows)
  }
  return { rows, samples, dates, hasSecrets: secrets?.hasRemoved ?? false }
}

async function* inBatches(pieces: AsyncIterable<FileRow[]>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let characters = 0
  for await (const rows of pieces) {
    for (const row of rows) {
      batch.push(row)
      characters += row.cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
      if (batch.length < BATCH_ROWS && characters < BATCH_CHARACTERS) continue
      yield batch
      batch = []
      characters = 0
    }
  }
  if (batch.length > 0) yield batch
}
