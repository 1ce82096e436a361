import type { FileRow } from '../../src/domain/imports/import.ts'
import { readFile } from '../../src/imports/read-file.ts'
import { shapeRow } from '../../src/inbound/json-row.ts'
import type { ReadingSettings } from '../../src/imports/file-reader.ts'

/** Reads a file that comes in pieces of so many bytes. */
export async function read(
  file: Buffer,
  settings: Partial<ReadingSettings> = {},
  pieceBytes = 65_536
) {
  async function* pieces() {
    for (let at = 0; at < file.length; at += pieceBytes) {
      yield await Promise.resolve(file.subarray(at, at + pieceBytes))
    }
  }
  const reader = readFile(pieces(), {
    format: 'csv',
    encoding: null,
    separator: null,
    sheet: null,
    headerRow: null,
    shapeRow,
    origin: { locale: 'pl', country: 'PL' },
    ...settings
  })
  const rows: FileRow[] = []
  let largestBatch = 0
  for await (const batch of reader.rows) {
    largestBatch = Math.max(largestBatch, batch.length)
    rows.push(...batch)
  }
  return { reading: reader.reading, columns: reader.columns, rows, largestBatch }
}

/** The cells of its rows alone. */
export async function readCells(...words: Parameters<typeof read>) {
  const { columns, rows } = await read(...words)
  return [columns, ...rows.map(({ cells }) => cells)]
}
