import { isColumnName } from '../domain/imports/guess-mapping.ts'
import { because } from '../domain/reasons/reasons.ts'
import { readRowCells } from './csv-cells.ts'
import type { CsvFormat } from './csv-cells.ts'
import { isValue } from './header.ts'
import { MAX_COLUMN_NAME, MAX_ROW } from './limits.ts'
import type { TableRow } from './table-rows.ts'

const TOO_LONG = because('row_too_long', { limit: MAX_ROW })

/** A row as its cells, or the reason why it can't be read. */
interface CsvRow extends TableRow {
  cells: string[]
}

/**
 * Reads CSV (RFC 4180) piece by piece, with `\n` for line ends.
 *
 * Other libraries read the text from an unclosed quote up to the next quote as one cell: a mistake in one
 * row then destroys hundreds of rows. Here such a quote is read as text,
 * and the row counts as repaired.
 */
export class CsvRows {
  readonly #format: CsvFormat
  #text = ''
  #at = 0
  #line: number
  /** Whether the next piece still belongs to a line that was dropped. */
  #isSkipping = false

  constructor(format: CsvFormat, firstLine = 1) {
    this.#format = format
    this.#line = firstLine
  }

  /** Whether rows are left that were more than were asked for. */
  hasMore = false

  /** The rows that end within the text so far, so many at most; the rest waits for the next piece. */
  push(piece: string, atMost = Infinity): CsvRow[] {
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    return this.#readAll(false, atMost)
  }

  /** The rows that are left at the end of the file, so many at most. */
  end(atMost = Infinity): CsvRow[] {
    return this.#readAll(true, atMost)
  }

  #readAll(isEnd: boolean, atMost: number): CsvRow[] {
    const rows: CsvRow[] = []
    if (this.#isSkipping) this.#skipLine()
    this.hasMore = false
    while (this.#at < this.#text.length) {
      if (rows.length >= atMost) {
        this.hasMore = true
        break
      }
      const row = this.#readRow(isEnd)
      if (row === null) break
      if (row.cells.length > 1 || row.cells[0] !== '' || row.fault !== null) rows.push(row)
    }
    return rows
  }

  /** The row that begins here; null: its end has not been received yet. */
  #readRow(isEnd: boolean): CsvRow | null {
    const from = this.#at
    const text = this.#text
    const lineEnd = text.indexOf('\n', from)
    const end = lineEnd === -1 ? text.length : lineEnd
    if (end - from > MAX_ROW) return this.#giveUpLine(end, lineEnd)
    if (lineEnd === -1 && !isEnd) return null
    const line = text.slice(from, end)
    if (!line.includes('"')) return this.#take(line.split(this.#format.separator), end, null)
    const read = readRowCells({ ...this.#format, text, from, isEnd })
    if (read === null) return null
    const { textQuote } = read
    const repair = textQuote === null ? null : because('quote_read_as_text', { cell: textQuote })
    return this.#take(read.cells, read.end, repair)
  }

  #take(given: string[], end: number, repair: CsvRow['repair']): CsvRow {
    const line = this.#line
    const cells = this.#unwrapped(given)
    this.#line += countLineEnds(this.#text, this.#at, end) + 1
    this.#at = end + 1
    return { line, cells, fault: null, repair }
  }

  /** The cells of a row, or of the row in its only cell: some programs put quotes around a line as a whole. */
  #unwrapped(given: string[]): string[] {
    const [text = ''] = given
    const { isWrapped = false, separator, width } = this.#format
    if (given.length !== 1 || !(isWrapped || text.includes(separator))) return given
    const cells = this.#unwrap(text)
    const isRow = width > 1 && cells.length === width && areCells(cells)
    return isWrapped || isRow ? cells : given
  }

  /** The cells of a line that was one cell. */
  #unwrap(text: string): string[] {
    if (!text.includes('"')) return text.split(this.#format.separator)
    return readRowCells({ ...this.#format, text, from: 0, isEnd: true })?.cells ?? [text]
  }

  #giveUpLine(end: number, lineEnd: number): CsvRow {
    const line = this.#line
    if (lineEnd !== -1) this.#line++
    this.#isSkipping = lineEnd === -1
    this.#at = lineEnd === -1 ? end : end + 1
    return { line, cells: [], fault: TOO_LONG, repair: null }
  }

  #skipLine(): void {
    const lineEnd = this.#text.indexOf('\n', this.#at)
    this.#isSkipping = lineEnd === -1
    if (lineEnd !== -1) this.#line++
    this.#at = lineEnd === -1 ? this.#text.length : lineEnd + 1
  }
}

/** Whether texts between separators are a row with a value in it, or names of columns. */
function areCells(texts: readonly string[]): boolean {
  const cells = texts.map((text) => text.trim().slice(0, MAX_COLUMN_NAME))
  return cells.some(isValue) || cells.every((cell) => isColumnName(cell))
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    count++
  }
  return count
}
