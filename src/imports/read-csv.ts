import type { FileRow, ImportReading } from '../domain/imports/import.ts'
import { because } from '../domain/reasons/reasons.ts'
import { badRow, toRow } from './cells.ts'
import { nameColumns } from './columns.ts'
import { CsvRows } from './csv-rows.ts'
import type { CsvRow } from './csv-rows.ts'
import { decode, withPlainLineEnds } from './decode.ts'
import type { Origin } from './encoding.ts'
import { fileFault } from './file-fault.ts'
import { SAMPLE_BYTES } from './limits.ts'
import { declaredSeparator, guessSeparator } from './separator.ts'

/** A file on its way in: what is known of it, and its rows, a few at a time. */
export interface FileReader {
  /** How it is written; complete once the rows have been read. */
  reading: ImportReading
  /** Names of its columns; complete once the rows have been read. */
  columns: string[]
  rows: AsyncIterable<FileRow[]>
}

/** What shows that bytes were read in the wrong encoding, or are in none. */
const UNREADABLE = '\ufffd'

/** Reads a CSV, however it is written. */
export function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  settings: { encoding: string | null; separator: string | null; origin: Origin }
): FileReader {
  const reading: ImportReading = { format: 'csv', encoding: null, separator: null }
  const columns: string[] = []
  const decoded = decode(bytes, settings)

  async function* rows(): AsyncGenerator<FileRow[]> {
    let reader: CsvRows | null = null
    for await (const { piece, isHead } of withHead(withPlainLineEnds(decoded.text))) {
      if (isHead) {
        const opened = open(piece, settings.separator)
        reading.separator = opened.separator
        reader = opened.reader
        yield toRows(reader.push(piece.slice(opened.skip)), columns, decoded.encoding())
      } else if (reader) {
        yield toRows(reader.push(piece), columns, decoded.encoding())
      }
      reading.encoding = decoded.encoding()
    }
    if (reader) yield toRows(reader.end(), columns, decoded.encoding())
    if (columns.length === 0) throw fileFault('file_empty')
  }
  return { reading, columns, rows: rows() }
}

/** The text with its first pieces in one: by them it is judged. */
async function* withHead(
  text: AsyncIterable<string>
): AsyncGenerator<{ piece: string; isHead: boolean }> {
  let head: string | null = ''
  for await (const piece of text) {
    if (head === null) {
      yield { piece, isHead: false }
    } else {
      head += piece
      if (head.length >= SAMPLE_BYTES) {
        yield { piece: head, isHead: true }
        head = null
      }
    }
  }
  if (head !== null) yield { piece: head, isHead: true }
}

/** By what the cells are separated, and where the first row begins. */
function open(head: string, named: string | null) {
  const declared = declaredSeparator(head)
  const separator = named ?? declared?.separator ?? guessSeparator(head)
  return {
    separator,
    skip: declared?.length ?? 0,
    reader: new CsvRows(separator, declared ? 2 : 1)
  }
}

/** The rows of data; the first row there is names the columns. */
function toRows(found: readonly CsvRow[], columns: string[], encoding: string): FileRow[] {
  return found.flatMap(({ line, cells, fault }) => {
    if (columns.length === 0) {
      if (fault !== null) throw fileFault('header_unreadable', { cause: fault.code })
      if (cells.some((cell) => cell.trim() !== '')) columns.push(...nameColumns(cells))
      return []
    }
    if (fault !== null) return [badRow(line, fault)]
    const row = toRow(line, cells, columns.length)
    if (!row) return []
    const isGarbled = row.cells.some((cell) => cell?.includes(UNREADABLE))
    if (!isGarbled || row.fault !== null) return [row]
    return [badRow(line, because('characters_unreadable', { encoding }), row.cells)]
  })
}
