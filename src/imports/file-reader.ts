import type { Origin } from '../decoding/plausibility.ts'
import type {
  FileRow,
  FileSettings,
  ImportFormat,
  ImportReading
} from '../domain/imports/import.ts'

/** A file during its upload: its properties, and its rows in small batches. */
export interface FileReader {
  /** Its encoding and separator; complete after the rows have been read. */
  reading: ImportReading
  /** The names of its columns; complete after the rows have been read. */
  columns: string[]
  rows: AsyncIterable<FileRow[]>
}

/** The settings of an upload, of which null is guessed, and what the guesses depend on. */
export interface ReadingSettings extends Omit<FileSettings, 'separator'> {
  /** The character between two values of a CSV. */
  separator: string | null
  /** As it was declared: the bytes decide. */
  format: ImportFormat
  origin: Origin
  /** Makes a line of NDJSON what it is where the same JSON is posted. */
  shapeRow: (line: object) => object
}
