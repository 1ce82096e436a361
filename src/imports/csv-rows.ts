import type { UnreadableRowCode } from '../domain/reasons/import-reasons.ts'
import { because } from '../domain/reasons/reasons.ts'
import type { Reason } from '../domain/reasons/reasons.ts'
import { MAX_ROW } from './limits.ts'

const TOO_LONG = because('row_too_long', { limit: MAX_ROW })

/** A row as its cells, or why it is none. */
export interface CsvRow {
  line: number
  cells: string[]
  fault: Reason<UnreadableRowCode> | null
}

/**
 * Reads CSV (RFC 4180) piece by piece, with `\n` for line ends.
 *
 * Libraries that were looked at go on after a quote that is never closed as if everything up to the
 * next quote were one cell: a slip in one row takes hundreds with it. Here only the line is lost in
 * which the row begins, and reading goes on with the next.
 */
export class CsvRows {
  readonly #separator: string
  #text = ''
  #at = 0
  #line: number
  /** Whether what comes still belongs to a line that was given up. */
  #isSkipping = false

  constructor(separator: string, firstLine = 1) {
    this.#separator = separator
    this.#line = firstLine
  }

  /** The rows that end within what has come so far; the rest waits for more. */
  push(piece: string): CsvRow[] {
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    return this.#readAll(false)
  }

  /** The rows that are left at the end of the file. */
  end(): CsvRow[] {
    return this.#readAll(true)
  }

  #readAll(isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = []
    if (this.#isSkipping) this.#skipLine()
    while (this.#at < this.#text.length) {
      const row = this.#readRow(isEnd)
      if (row === null) break
      if (row.cells.length > 1 || row.cells[0] !== '' || row.fault !== null) rows.push(row)
    }
    return rows
  }

  /** The row that begins here, or null: its end is not there yet. */
  #readRow(isEnd: boolean): CsvRow | null {
    const lineEnd = this.#text.indexOf('\n', this.#at)
    const isTooLong = (lineEnd === -1 ? this.#text.length : lineEnd) - this.#at > MAX_ROW
    if (lineEnd === -1 && !isEnd && !isTooLong) return null
    const end = lineEnd === -1 ? this.#text.length : lineEnd
    const quote = this.#text.indexOf('"', this.#at)
    if (isTooLong) return this.#skipTo(end, lineEnd, TOO_LONG)
    if (quote === -1 || quote > end) {
      const cells = this.#text.slice(this.#at, end).split(this.#separator)
      return this.#take(cells, end)
    }
    const read = readQuoted(this.#text, this.#at, this.#separator)
    if (read === 'open') {
      if (!isEnd && this.#text.length - this.#at <= MAX_ROW) return null
      return this.#skipTo(end, lineEnd, because('quote_not_closed'))
    }
    if (read === 'broken') return this.#skipTo(end, lineEnd, because('quote_misplaced'))
    // The last cell may go on in what is still to come, or a doubled quote may.
    if (read.end === this.#text.length && !isEnd) return null
    return this.#take(read.cells, read.end)
  }

  #take(cells: string[], end: number): CsvRow {
    const line = this.#line
    this.#line += countLineEnds(this.#text, this.#at, end) + 1
    this.#at = end + 1
    return { line, cells, fault: null }
  }

  /** Gives up one line. */
  #skipTo(end: number, lineEnd: number, fault: Reason<UnreadableRowCode>): CsvRow {
    const line = this.#line
    if (lineEnd !== -1) this.#line++
    this.#isSkipping = lineEnd === -1
    this.#at = lineEnd === -1 ? end : end + 1
    return { line, cells: [], fault }
  }

  #skipLine(): void {
    const lineEnd = this.#text.indexOf('\n', this.#at)
    this.#isSkipping = lineEnd === -1
    if (lineEnd !== -1) this.#line++
    this.#at = lineEnd === -1 ? this.#text.length : lineEnd + 1
  }
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    count++
  }
  return count
}

type Read = { cells: string[]; end: number } | 'open' | 'broken'

/** The row from here on, some of whose cells stand between quotes. */
function readQuoted(text: string, from: number, separator: string): Read {
  const cells: string[] = []
  let at = from
  for (;;) {
    const cell = startsQuoted(text, at, separator)
      ? readQuotedCell(text, at, separator)
      : readPlainCell(text, at, separator)
    if (typeof cell === 'string') return cell
    cells.push(cell.value)
    if (text[cell.end] !== separator) return { cells, end: cell.end }
    at = cell.end + 1
  }
}

/** Blanks before a quote are no text. */
function startsQuoted(text: string, from: number, separator: string): boolean {
  return text[skipBlanks(text, from, separator)] === '"'
}

function skipBlanks(text: string, from: number, separator: string): number {
  let at = from
  while (text[at] === ' ' || (text[at] === '\t' && separator !== '\t')) at++
  return at
}

function readPlainCell(text: string, from: number, separator: string) {
  const lineEnd = text.indexOf('\n', from)
  const line = text.slice(from, lineEnd === -1 ? text.length : lineEnd)
  const next = line.indexOf(separator)
  const value = next === -1 ? line : line.slice(0, next)
  return { value, end: from + value.length }
}

function readQuotedCell(
  text: string,
  from: number,
  separator: string
): { value: string; end: number } | 'open' | 'broken' {
  const start = skipBlanks(text, from, separator) + 1
  let hasDoubled = false
  let close = text.indexOf('"', start)
  while (close !== -1 && text[close + 1] === '"') {
    hasDoubled = true
    close = text.indexOf('"', close + 2)
  }
  if (close === -1) return 'open'
  const end = skipBlanks(text, close + 1, separator)
  const after = text[end]
  if (after !== undefined && after !== separator && after !== '\n') return 'broken'
  const value = text.slice(start, close)
  return { value: hasDoubled ? value.replaceAll('""', '"') : value, end }
}
