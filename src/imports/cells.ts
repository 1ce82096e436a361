import { unguardCell } from '../domain/imports/guard-cell.ts'
import type { FileRow } from '../domain/imports/import.ts'
import type { UnreadableRowCode } from '../domain/reasons/import-reasons.ts'
import { because } from '../domain/reasons/reasons.ts'
import type { Reason } from '../domain/reasons/reasons.ts'
import { MAX_CELL } from './limits.ts'

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

/** A row of the file as a row of its columns, or null: it is empty. */
export function toRow(
  line: number,
  cells: readonly (string | null)[],
  columnCount: number
): FileRow | null {
  const clean = cells.map((cell) => (cell === null ? null : cleanCell(cell)))
  const last = clean.findLastIndex((cell) => cell !== null && cell.trim() !== '')
  if (last === -1) return null
  const kept = clean.slice(0, Math.min(last + 1, columnCount))
  if (last >= columnCount) {
    return badRow(
      line,
      because('too_many_cells', { cells: last + 1, columns: columnCount }),
      short(kept)
    )
  }
  const long = kept.findIndex((cell) => cell !== null && cell.length > MAX_CELL)
  if (long !== -1) {
    return badRow(line, because('cell_too_long', { cell: long + 1, limit: MAX_CELL }), short(kept))
  }
  return { line, cells: kept, fault: null, repair: null }
}

function short(cells: FileRow['cells']): FileRow['cells'] {
  return cells.map((cell) => cell?.slice(0, MAX_CELL).toWellFormed() ?? null)
}
