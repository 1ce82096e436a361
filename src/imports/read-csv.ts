import { setImmediate } from 'node:timers/promises'

import { unread } from '../domain/imports/import.ts'
import type { FileRow } from '../domain/imports/import.ts'
import { because } from '../domain/reasons/reasons.ts'
import { badRow } from './cells.ts'
import { CsvRows } from './csv-rows.ts'
import { decode, withPlainLineEnds } from './decode.ts'
import { fileFault } from './file-fault.ts'
import type { FileReader, ReadingSettings } from './file-reader.ts'
import { SAMPLE_BYTES } from './limits.ts'
import { otherQuotes } from './other-quotes.ts'
import type { OtherQuotes } from './other-quotes.ts'
import { declaredSeparator, guessSeparator, usualWidth, withoutWraps } from './separator.ts'
import { TableRows } from './table-rows.ts'

/** The signs of a wrong encoding, or of bytes in no encoding. */
const UNREADABLE = '\ufffd'

/** Reads a CSV in any encoding and with any separator. */
export function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  settings: Pick<ReadingSettings, 'encoding' | 'separator' | 'headerRow' | 'origin'>
): FileReader {
  const reading = unread('csv')
  const table = new TableRows(settings.headerRow)
  const { columns } = table
  const decoded = decode(bytes, settings)
  const mark = (rows: FileRow[]) => rows.map((row) => markGarbled(row, decoded.encoding()))

  async function* rows(): AsyncGenerator<FileRow[]> {
    let reader: CsvRows | null = null
    for await (const { piece, isHead } of withHead(
      withUsualQuotes(withPlainLineEnds(decoded.text))
    )) {
      const opened = isHead ? open(piece, settings.separator) : null
      if (opened) {
        reading.separator = opened.separator
        reader = opened.reader
      }
      for (const part of partsOf(piece.slice(opened?.skip ?? 0))) {
        if (reader) yield mark(table.push(reader.push(part, MAX_BATCH)))
        await setImmediate()
        // A cell of many lines that is none comes as many rows at once.
        while (reader?.hasMore === true) {
          yield mark(table.push(reader.push('', MAX_BATCH)))
          await setImmediate()
        }
      }
      reading.encoding = decoded.encoding()
      reading.encodingGuess = decoded.guess()
    }
    for (let isFirst = true; reader && (isFirst || reader.hasMore); isFirst = false) {
      yield mark(table.push(reader.end(MAX_BATCH)))
      await setImmediate()
    }
    yield mark(table.end())
    if (columns.length === 0) throw fileFault('file_empty')
    reading.header = table.header
  }
  return { reading, columns, rows: rows() }
}

/** The characters of one batch: other requests run between batches, and a line may be one character. */
const PART = 4_096

/** So many rows are read at a time. */
const MAX_BATCH = 1_000

function partsOf(text: string): string[] {
  const count = Math.max(Math.ceil(text.length / PART), 1)
  return Array.from({ length: count }, (_, at) => text.slice(at * PART, (at + 1) * PART))
}

/** The text with the usual quotes in the place of others: its beginning tells them. */
async function* withUsualQuotes(text: AsyncIterable<string>): AsyncGenerator<string> {
  let quotes: OtherQuotes | null = null
  for await (const { piece, isHead } of withHead(text)) {
    if (isHead) quotes = otherQuotes(piece)
    yield quotes ? quotes.replace(piece) : piece
  }
  if (quotes) yield quotes.end()
}

/** The text with its first pieces joined: they are the sample. */
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

/** The separator, and the position of the first row. */
function open(head: string, named: string | null) {
  const declared = declaredSeparator(head)
  const skip = declared?.length ?? 0
  const unwrapped = withoutWraps(head.slice(skip))
  const separator = named ?? declared?.separator ?? guessSeparator(unwrapped ?? head)
  const width = usualWidth(unwrapped ?? head.slice(skip), separator)
  const format = { separator, width, isWrapped: unwrapped !== null }
  return { separator, skip, reader: new CsvRows(format, declared ? 2 : 1) }
}

/** A row with bytes that are not characters is bad; the fault names the first such cell. */
function markGarbled(row: FileRow, encoding: string): FileRow {
  if (row.fault !== null) return row
  const cell = row.cells.findIndex((text) => text?.includes(UNREADABLE))
  if (cell === -1) return row
  return badRow(row.line, because('characters_unreadable', { encoding, cell: cell + 1 }), row.cells)
}
