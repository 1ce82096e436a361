import { setImmediate } from 'node:timers/promises'

import type { FileRow, ImportReading } from '../domain/imports/import.ts'
import { because } from '../domain/reasons/reasons.ts'
import { badRow } from './cells.ts'
import { CsvRows } from './csv-rows.ts'
import { decode, withPlainLineEnds } from './decode.ts'
import type { Origin } from '../decoding/plausibility.ts'
import { fileFault } from './file-fault.ts'
import { SAMPLE_BYTES } from './limits.ts'
import { declaredSeparator, guessSeparator, usualWidth } from './separator.ts'
import { TableRows } from './table-rows.ts'

/** A file on its way in: what is known of it, and its rows, a few at a time. */
export interface FileReader {
  /** How it is written; complete once the rows have been read. */
  reading: ImportReading
  /** Names of its columns; complete once the rows have been read. */
  columns: string[]
  rows: AsyncIterable<FileRow[]>
}

/** The signs of a wrong encoding, or of bytes in no encoding. */
const UNREADABLE = '\ufffd'

/** Reads a CSV, however it is written. */
export function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  settings: {
    encoding: string | null
    separator: string | null
    headerRow: number | null
    origin: Origin
  }
): FileReader {
  const reading: ImportReading = {
    format: 'csv',
    encoding: null,
    encodingGuess: null,
    separator: null,
    header: null
  }
  const table = new TableRows(settings.headerRow)
  const { columns } = table
  const decoded = decode(bytes, settings)
  const mark = (rows: FileRow[]) => rows.map((row) => markGarbled(row, decoded.encoding()))

  async function* rows(): AsyncGenerator<FileRow[]> {
    let reader: CsvRows | null = null
    for await (const { piece, isHead } of withHead(withPlainLineEnds(decoded.text))) {
      const opened = isHead ? open(piece, settings.separator) : null
      if (opened) {
        reading.separator = opened.separator
        reader = opened.reader
      }
      for (const part of partsOf(piece.slice(opened?.skip ?? 0))) {
        if (reader) yield mark(table.push(reader.push(part)))
        await setImmediate()
      }
      reading.encoding = decoded.encoding()
      reading.encodingGuess = decoded.guess()
    }
    if (reader) yield mark(table.push(reader.end()))
    yield mark(table.end())
    if (columns.length === 0) throw fileFault('file_empty')
    reading.header = table.header
  }
  return { reading, columns, rows: rows() }
}

/** So many characters are read at a time: other requests have their turn between them. */
const PART = 16_384

function partsOf(text: string): string[] {
  const count = Math.max(Math.ceil(text.length / PART), 1)
  return Array.from({ length: count }, (_, at) => text.slice(at * PART, (at + 1) * PART))
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
  const skip = declared?.length ?? 0
  const format = { separator, width: usualWidth(head.slice(skip), separator) }
  return { separator, skip, reader: new CsvRows(format, declared ? 2 : 1) }
}

/** A row with bytes that are no characters is bad, and its first such cell is named. */
function markGarbled(row: FileRow, encoding: string): FileRow {
  if (row.fault !== null) return row
  const cell = row.cells.findIndex((text) => text?.includes(UNREADABLE))
  if (cell === -1) return row
  return badRow(row.line, because('characters_unreadable', { encoding, cell: cell + 1 }), row.cells)
}
