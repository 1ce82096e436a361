import { MAX_QUOTED } from './limits.ts'

/** The separator of a file, and the usual number of cells in its rows. */
export interface CsvFormat {
  separator: string
  width: number
  /** Whether each line is between quotes as a whole. */
  isWrapped?: boolean
}

/** The cells of a row, and the position of its end. */
interface RowCells {
  cells: string[]
  end: number
  /** The number of the first cell with a quote that was read as text, from 1; null: no such cell. */
  textQuote: number | null
}

/** A row that is being read. */
interface OpenRow extends CsvFormat {
  text: string
  from: number
  isEnd: boolean
}

type QuotedCell = { value: string; end: number } | 'text' | 'unfinished'

/**
 * The cells of the row that begins at `from`, whose first line is complete; null: the row continues in
 * the next piece. A quote that opens no plausible cell is read as text, up to the end of its line.
 */
export function readRowCells(row: OpenRow): RowCells | null {
  const { text, separator } = row
  const cells: string[] = []
  let textQuote: number | null = null
  let at = row.from
  let lineEnd = endOfLine(text, at)
  for (;;) {
    const quoted = readQuotedCell(row, at, cells.length)
    if (quoted === 'unfinished') return null
    if (quoted === 'text') textQuote ??= cells.length + 1
    const cell =
      quoted === null || quoted === 'text' ? readPlainCell(text, at, lineEnd, separator) : quoted
    cells.push(cell.value)
    if (text[cell.end] !== separator) return { cells, end: cell.end, textQuote }
    if (cell.end > lineEnd) lineEnd = endOfLine(text, cell.end)
    at = cell.end + 1
  }
}

/** The quoted cell that begins here; null: no quoted cell. Blanks before a quote are not text. */
function readQuotedCell(row: OpenRow, from: number, cellsBefore: number): QuotedCell | null {
  const { text, separator, isEnd } = row
  const start = skipBlanks(text, from, separator) + 1
  if (text[start - 1] !== '"') return null
  const { close, hasDoubled } = findClose(text, start)
  if (close === -1) return !isEnd && text.length - row.from <= MAX_QUOTED ? 'unfinished' : 'text'
  const end = skipBlanks(text, close + 1, separator)
  const isClosed = end === text.length || text[end] === separator || text[end] === '\n'
  if (endOfLine(text, start) < close) {
    if (close - row.from > MAX_QUOTED) return 'text'
    // A quote at the end of a piece may be the first of two.
    if (!isEnd && !text.includes('\n', close)) return 'unfinished'
    const isRows = isClosed && holdsRows(row, { start, close, cellsBefore })
    if (isRows !== false) return isRows === true ? 'text' : 'unfinished'
  }
  if (!isClosed) return 'text'
  const value = text.slice(start, close)
  return { value: hasDoubled ? value.replaceAll('""', '"') : value, end }
}

function findClose(text: string, start: number): { close: number; hasDoubled: boolean } {
  let hasDoubled = false
  let close = text.indexOf('"', start)
  while (close !== -1 && text[close + 1] === '"') {
    hasDoubled = true
    close = text.indexOf('"', close + 2)
  }
  return { close, hasDoubled }
}

/**
 * Whether a cell of several lines is in fact rows of the file between two stray quotes: with its first line its row
 * is complete, and most of the others have the cells of a row. If the row is complete with this cell too, each line
 * must also be as wide and have an e-mail or phone, as the others have, and the quotes must not stand around the last
 * cell, unless many rows are in it.
 */
function holdsRows(
  row: OpenRow,
  { start, close, cellsBefore }: { start: number; close: number; cellsBefore: number }
): boolean | 'unfinished' {
  const { text, separator, width } = row
  if (width < 2) return false
  if (cellsBefore >= width) return true
  const cellsOf = (line: string) => line.split(separator).length
  const firstEnd = endOfLine(text, start)
  const lines = text.slice(firstEnd + 1, endOfLine(text, close)).split('\n')
  const rows = lines.filter((line) => cellsOf(line) >= width)
  if (rows.length * 2 <= lines.length) return false
  const behind = countBehind(row, close + 1)
  if (behind === 'unfinished') return behind
  if (cellsBefore + behind !== width) return true
  const first = cellsBefore + cellsOf(text.slice(start, firstEnd))
  if (first < width) return false
  if (cellsBefore === width - 1 && rows.length <= MAX_LINES_OF_ROWS) return false
  if (rows.length > MAX_LINES_OF_ROWS) return rows.every((line) => pointKindsOf(line) !== '')
  const kinds = pointKindsOf(text.slice(row.from, firstEnd))
  return (
    first === width &&
    kinds !== '' &&
    rows.every((line) => cellsOf(line) === width && pointKindsOf(line) === kinds)
  )
}

/** The number of cells from the end of a quoted cell, which counts, to the end of the row. */
function countBehind(row: OpenRow, from: number): number | 'unfinished' {
  const { text, separator, width, isEnd } = row
  const isOpen = !isEnd && text.length - row.from <= MAX_QUOTED
  let at = skipBlanks(text, from, separator)
  let count = 1
  while (text[at] === separator && count <= width && at - from <= MAX_AHEAD) {
    count += 1
    const start = skipBlanks(text, at + 1, separator)
    const close = text[start] === '"' ? findClose(text, start + 1).close : -1
    if (text[start] === '"' && close === -1 && isOpen) return 'unfinished'
    const lineEnd = endOfLine(text, at + 1)
    const next = text.indexOf(separator, at + 1)
    const plainEnd = next === -1 ? lineEnd : Math.min(next, lineEnd)
    at = close === -1 ? plainEnd : skipBlanks(text, close + 1, separator)
  }
  return at >= text.length && isOpen ? 'unfinished' : count
}

/** Characters behind a cell in which the end of its row is looked for. */
const MAX_AHEAD = 10_000

/** So many lines of one message may look like rows. */
const MAX_LINES_OF_ROWS = 3

const EMAIL = /[^\s@]@[^\s@]/
/** Seven digits of a phone. */
const PHONE = /\d(?:[\s().-]?\d){6}/

/** Whether a line has an e-mail, a phone or both; empty: neither. */
function pointKindsOf(line: string): string {
  return (EMAIL.test(line) ? 'email ' : '') + (PHONE.test(line) ? 'phone' : '')
}

function readPlainCell(text: string, from: number, lineEnd: number, separator: string) {
  const rest = text.slice(from, lineEnd)
  const length = rest.indexOf(separator)
  const value = length === -1 ? rest : rest.slice(0, length)
  return { value, end: from + value.length }
}

function skipBlanks(text: string, from: number, separator: string): number {
  let at = from
  while (text[at] === ' ' || (text[at] === '\t' && separator !== '\t')) at++
  return at
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
