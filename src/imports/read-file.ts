import type { ImportFormat } from '../domain/imports/import.ts'
import type { Origin } from '../decoding/plausibility.ts'
import { readCsv } from './read-csv.ts'
import type { FileReader } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { readXlsx } from './read-xlsx.ts'

/** The settings of an upload. Null: the value is guessed. */
export interface ReadingSettings {
  format: ImportFormat
  encoding: string | null
  separator: string | null
  /** A sheet's name or number; null: the first. */
  sheet: string | null
  /** The line or row of a sheet with the names of the columns, from 1; 0: the file has no such row. */
  headerRow: number | null
  origin: Origin
  /** Makes a line of NDJSON what it is where the same JSON is posted. */
  shapeRow: (line: object) => object
}

/** Reads a file during its upload. Only a few rows are in memory, for a file of any size. */
export function readFile(bytes: AsyncIterable<Uint8Array>, settings: ReadingSettings): FileReader {
  switch (settings.format) {
    case 'csv':
      return readCsv(bytes, settings)
    case 'ndjson':
      return readNdjson(bytes, settings)
    case 'xlsx':
      return readXlsx(bytes, settings)
  }
}
