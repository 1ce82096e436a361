import { unguardCell } from '../domain/imports/guard-cell.ts'
import type { FileRow } from '../domain/imports/import.ts'
import type { UnreadableRowCode } from '../domain/reasons/import-reasons.ts'
import type { Reason } from '../domain/reasons/reasons.ts'

/** A cell without the guard against formulas and without characters that a database can't store. */
export function cleanCell(cell: string): string {
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell
  const plain = unguardCell(text)
  return plain.isWellFormed() ? plain : plain.toWellFormed()
}

/** A row that can't be read: without content, or with the readable part of it. */
export function badRow(
  line: number,
  fault: Reason<UnreadableRowCode>,
  cells: FileRow['cells'] = []
): FileRow {
  return { line, cells, fault, repair: null }
}

/** The number of cells behind the last column that are kept apart; the rest is one cell. */
const MAX_SURPLUS = 20

/** A row of the file by its columns, with the cells behind the last column; null: the row is empty. */
export function toRow(
  line: number,
  cells: readonly (string | null)[],
  columnCount: number
): FileRow | null {
  const clean = cells.map((cell) => (cell === null ? null : cleanCell(cell)))
  const last = clean.findLastIndex((cell) => cell !== null && cell.trim() !== '')
  if (last === -1) return null
  const most = columnCount + MAX_SURPLUS
  const rest = clean.slice(most, last + 1).filter((cell) => cell !== null && cell.trim() !== '')
  const kept = clean.slice(0, Math.min(last + 1, most))
  return {
    line,
    cells: rest.length > 0 ? [...kept, rest.join(' | ')] : kept,
    fault: null,
    repair: null
  }
}
