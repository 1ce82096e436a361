import { unguardCell } from '../domain/imports/guard-cell.ts'
import type { FileRow } from '../domain/imports/import.ts'
import type { UnreadableRowCode } from '../domain/reasons/import-reasons.ts'
import type { Reason } from '../domain/reasons/reasons.ts'

/** A cell as it was before it was guarded, without what no database can hold. */
export function cleanCell(cell: string): string {
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell
  const plain = unguardCell(text)
  return plain.isWellFormed() ? plain : plain.toWellFormed()
}

/** A row that can't be read: with nothing of it, or what could be read nevertheless. */
export function badRow(
  line: number,
  fault: Reason<UnreadableRowCode>,
  cells: FileRow['cells'] = []
): FileRow {
  return { line, cells, fault, repair: null }
}

/** So many cells behind the last column are kept apart; further ones are one cell. */
const MAX_SURPLUS = 20

/** A row of the file as a row of its columns, with the cells behind the last; null: it is empty. */
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
