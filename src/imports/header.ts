import { shownOrder } from '../domain/clock/written-time.ts'
import { isColumnName } from '../domain/imports/guess-mapping.ts'
import { MAX_COLUMNS, MAX_COLUMN_NAME } from './limits.ts'

/** The number of rows that are searched for the names of the columns. */
export const HEAD_ROWS = 20

/** The minimum width of a row of names, as a share of the rows below. */
const MIN_FILLED = 0.6

type Cells = readonly (string | null)[]

export interface FoundHeader {
  at: number
  isKnown: boolean
  hasGroups: boolean
}

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
 * `hasGroups`: the row above has names of groups of columns, and those of columns of both rows.
 */
export function findHeader(rows: readonly Cells[]): FoundHeader {
  const spans = rows.map(spanOf)
  const looks = rows.map((cells, at) => lookAt(cells, widthBelow(spans, at)))
  const known = looks.findIndex(isKnownHeader)
  if (known !== -1) {
    if (areGroups(rows[known] ?? [], rows[known + 1] ?? [], looks[known + 1]))
      return { at: known + 1, isKnown: true, hasGroups: true }
    const hasGroups = looks[known - 1]?.isTextual === true && hasGap(rows[known - 1] ?? [])
    return { at: known, isKnown: true, hasGroups }
  }
  const firstWide = looks.findIndex(({ fits }) => fits)
  const isData = looks[firstWide]?.hasContact === true
  return { at: isData ? -1 : Math.max(firstWide, 0), isKnown: false, hasGroups: false }
}

/** Merged cells leave gaps behind them, in which the row below has the names of the columns. */
function areGroups(upper: Cells, lower: Cells, look: Look | undefined): boolean {
  if (!look?.isTextual || look.known < 2) return false
  return lower.slice(0, MAX_COLUMNS).some((_, at) => isBlank(upper, at) && !isBlank(lower, at))
}

function isKnownHeader({ count, known, isTextual, fits }: Look): boolean {
  // Names that are all known are a header of rows with cells too many.
  const areAllKnown = count > 1 && known === count
  return isTextual && ((fits && known >= Math.min(2, count)) || known >= 3 || areAllKnown)
}

/** Whether a blank cell is between two others. */
function hasGap(cells: Cells): boolean {
  const shown = cells.slice(0, MAX_COLUMNS).map((_, at) => isBlank(cells, at))
  return shown.slice(shown.indexOf(false), shown.lastIndexOf(false)).includes(true)
}

function isBlank(cells: Cells, at: number): boolean {
  return (cells[at] ?? '').trim() === ''
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

export function isEmail(text: string): boolean {
  return EMAIL.test(text)
}

/** Whether a text is an address, a number, a phone or a day, as no name of a column is. */
export function isValue(text: string): boolean {
  if (EMAIL.test(text) || /^https?:\/\//i.test(text)) return true
  return (/\d/.test(text) && !/\p{L}/u.test(text)) || shownOrder(text) !== null
}
