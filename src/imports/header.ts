import { shownOrder } from '../domain/clock/written-time.ts'
import { isColumnName } from '../domain/imports/guess-mapping.ts'
import { MAX_COLUMNS, MAX_COLUMN_NAME } from './limits.ts'

/** The number of rows that are searched for the names of the columns. */
export const HEAD_ROWS = 20

/** The minimum width of a row of names, as a share of the rows below. */
const MIN_FILLED = 0.6

interface Look {
  /** Texts of the row that are not blank. */
  count: number
  /** Texts that the table of names knows. */
  known: number
  isTextual: boolean
  /** Whether the row is about as wide as those below. Titles are narrower. */
  fits: boolean
  /** Whether a text is an e-mail or has the digits of a phone. */
  hasContact: boolean
}

/**
 * Finds the row that names the columns among the first rows of a file, none of which is blank: the
 * first with two names that are known (`isKnown`), as wide as the rows below and without values; else
 * the first that is as wide. `at` is its place; -1: that row is data, and no row names the columns.
 */
export function findHeader(rows: readonly (readonly (string | null)[])[]): {
  at: number
  isKnown: boolean
} {
  const spans = rows.map(spanOf)
  const looks = rows.map((cells, at) => lookAt(cells, widthBelow(spans, at)))
  const known = looks.findIndex(isKnownHeader)
  if (known !== -1) return { at: known, isKnown: true }
  const firstWide = looks.findIndex(({ fits }) => fits)
  const isData = looks[firstWide]?.hasContact === true
  return { at: isData ? -1 : Math.max(firstWide, 0), isKnown: false }
}

function isKnownHeader({ count, known, isTextual, fits }: Look): boolean {
  return isTextual && ((fits && known >= Math.min(2, count)) || known >= 3)
}

/** The number of cells of a row up to the last one that is not blank. */
function spanOf(cells: readonly (string | null)[]): number {
  const last = cells.findLastIndex((cell) => cell !== null && cell.trim() !== '')
  return Math.min(last + 1, MAX_COLUMNS)
}

/** The median width of the rows below; for the last row, its own width. */
function widthBelow(spans: readonly number[], at: number): number {
  const below = spans.slice(at + 1).toSorted((a, b) => a - b)
  return below[Math.floor(below.length / 2)] ?? spans[at] ?? 0
}

function lookAt(cells: readonly (string | null)[], width: number): Look {
  // More columns are refused: judging thousands of cells would block other requests.
  const shown = cells.slice(0, MAX_COLUMNS)
  const texts = shown.map(beginningOf).filter((text) => text !== '')
  const values = texts.filter(isValue)
  const isRepeated = new Set(texts).size < texts.length / 2
  return {
    count: texts.length,
    known: texts.filter(isColumnName).length,
    isTextual: values.length === 0 && !isRepeated,
    fits: texts.length >= width * MIN_FILLED,
    hasContact: values.some((text) => EMAIL.test(text) || text.replace(/\D/g, '').length >= 9)
  }
}

/** A cell as far as it is judged: no name is longer, and messages are as long as their senders like. */
function beginningOf(cell: string | null): string {
  return cell?.trim().slice(0, MAX_COLUMN_NAME) ?? ''
}

const EMAIL = /^[^\s@]+@[^\s@.]+\.[^\s@]+$/

/** Whether a text is an address, a number, a phone or a day, as no name of a column is. */
export function isValue(text: string): boolean {
  if (EMAIL.test(text) || /^https?:\/\//i.test(text)) return true
  return (/\d/.test(text) && !/\p{L}/u.test(text)) || shownOrder(text) !== null
}
