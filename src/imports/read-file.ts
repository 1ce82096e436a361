import type { ImportFormat, ImportReading } from '../domain/imports/import.ts'
import type { Origin } from '../decoding/plausibility.ts'
import { formatOf } from './file-format.ts'
import { peek } from './peek.ts'
import { readCsv } from './read-csv.ts'
import type { FileReader } from './read-csv.ts'
import { readHtml } from './read-html.ts'
import { readNdjson } from './read-ndjson.ts'
import { readXlsx } from './read-xlsx.ts'

/** The settings of an upload. Null: the value is guessed. */
export interface ReadingSettings {
  /** As it was declared: the bytes decide. */
  format: ImportFormat
  encoding: string | null
  separator: string | null
  /** A sheet's name or number; null: a guess. */
  sheet: string | null
  /** The line or row of a sheet with the names of the columns, from 1; 0: the file has no such row. */
  headerRow: number | null
  origin: Origin
  /** Makes a line of NDJSON what it is where the same JSON is posted. */
  shapeRow: (line: object) => object
}

/** The bytes that say what a file is. */
const HEAD_BYTES = 4096

/** Reads a file during its upload. Only a few rows are in memory, for a file of any size. */
export function readFile(given: AsyncIterable<Uint8Array>, settings: ReadingSettings): FileReader {
  let reader: FileReader | null = null
  async function* rows(): FileReader['rows'] {
    const { head, bytes } = await peek(given, HEAD_BYTES)
    reader = open(bytes, { ...settings, format: formatOf(head, settings.format) })
    yield* reader.rows
  }
  return {
    get reading() {
      return reader?.reading ?? unread(settings.format)
    },
    get columns() {
      return reader?.columns ?? []
    },
    rows: rows()
  }
}

function open(bytes: AsyncIterable<Uint8Array>, settings: ReadingSettings): FileReader {
  switch (settings.format) {
    case 'csv':
      return readCsv(bytes, settings)
    case 'ndjson':
      return readNdjson(bytes, settings)
    case 'xlsx':
      return readXlsx(bytes, settings)
    case 'html':
      return readHtml(bytes, settings)
  }
}

/** What is known of a file before it is read. */
export function unread(format: ImportFormat): ImportReading {
  return {
    format,
    encoding: null,
    encodingGuess: null,
    separator: null,
    header: null,
    unkept: null,
    sheets: null
  }
}
