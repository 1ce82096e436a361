import type { FileHeader, FileRow } from '../domain/imports/import.ts'
import { badRow, toRow } from './cells.ts'
import { joinNameRows, nameColumns, numberColumns } from './columns.ts'
import { fileFault } from './file-fault.ts'
import { HEAD_ROWS, findHeader } from './header.ts'
import type { FoundHeader } from './header.ts'

/** A row of a table before its columns are known. */
export interface TableRow extends Omit<FileRow, 'cells'> {
  cells: readonly (string | null)[]
}

/** The size of the rows above the names of the columns that are kept. */
const MAX_SKIPPED = 20
const MAX_SHOWN = 200
/** How much is told of rows that repeat the names, as lists that were joined have them. */
const MAX_TOLD = 100

/**
 * The rows of a table whose columns are named by one of its rows: by `headerRow` (the line where that
 * row begins, from 1; 0: by no row), or null: by the most likely row.
 */
export class TableRows {
  /** Names of the columns, once `header` is known. */
  readonly columns: string[] = []
  header: FileHeader | null = null
  readonly #headerRow: number | null
  #head: TableRow[] = []
  /** The row of names, where it surely is one; or null. */
  #names: string | null = null

  constructor(headerRow: number | null) {
    this.#headerRow = headerRow
  }

  /** The rows of data among these. The first rows wait until the columns are known. */
  push(rows: readonly TableRow[]): FileRow[] {
    if (this.header !== null) return this.#toFileRows(rows)
    const filled = rows.filter(({ cells, fault }) => fault !== null || cells.some(isFilled))
    this.#head.push(...filled)
    const isDecided =
      this.#headerRow === null
        ? this.#head.length > HEAD_ROWS
        : (this.#head.at(-1)?.line ?? 0) >= this.#headerRow
    return isDecided ? this.#begin() : []
  }

  /** The rows that waited until the end of the file. */
  end(): FileRow[] {
    return this.header === null && this.#head.length > 0 ? this.#begin() : []
  }

  #begin(): FileRow[] {
    const head = this.#head
    const found = this.#headerRow === null ? this.#guess() : this.#find(this.#headerRow)
    const { at } = found
    const named = head[at]
    const groups = found.hasGroups ? head[at - 1] : undefined
    const names = named
      ? nameColumns(
          groups ? joinNameRows(groups.cells, named.cells) : named.cells,
          widthOf(head.slice(at + 1))
        )
      : numberColumns(Math.max(...head.map(({ cells }) => cells.length)))
    this.columns.push(...names)
    const above = head.slice(0, Math.max(at, 0))
    this.header = {
      line: named?.line ?? null,
      basis: this.#headerRow === null ? 'guess' : 'setting',
      skipped: above.slice(0, MAX_SKIPPED).map(shown)
    }
    if (named && found.isKnown) this.#names = textOf(named)
    this.#head = []
    return this.#toFileRows(head.slice(at + 1))
  }

  #guess(): FoundHeader {
    const rows = this.#head.slice(0, HEAD_ROWS)
    const readable = rows.filter(({ fault }) => fault === null)
    const { at, isKnown, hasGroups } = findHeader(readable.map(({ cells }) => cells))
    const fault = rows[0]?.fault
    // A row that can't be read may be the one with the names.
    if (fault && !isKnown) throw fileFault('header_unreadable', { cause: fault.code })
    const found = readable[at]
    return { at: found ? rows.indexOf(found) : -1, isKnown, hasGroups }
  }

  #find(headerRow: number): FoundHeader {
    if (headerRow === 0) return { at: -1, isKnown: false, hasGroups: false }
    const at = this.#head.findIndex(({ line }) => line === headerRow)
    const fault = this.#head[at]?.fault
    if (fault) throw fileFault('header_unreadable', { cause: fault.code })
    if (at === -1) throw fileFault('header_row_missing', { row: headerRow })
    return { at, isKnown: true, hasGroups: false }
  }

  #toFileRows(rows: readonly TableRow[]): FileRow[] {
    return rows.flatMap((given) => {
      if (this.#isRepeated(given)) return []
      const { line, cells, fault, repair } = given
      const row = fault === null ? toRow(line, cells, this.columns.length) : badRow(line, fault)
      return row ? [{ ...row, repair }] : []
    })
  }

  /** Whether a row only has the names of the columns once more. It is told. */
  #isRepeated(row: TableRow): boolean {
    if (row.fault !== null || this.#names === null || textOf(row) !== this.#names) return false
    const told = this.header?.skipped
    if (told && told.length < MAX_TOLD) told.push(shown(row))
    return true
  }
}

/** The number of columns that most of the rows have. */
function widthOf(rows: readonly TableRow[]): number {
  const spans = rows
    .filter(({ fault }) => fault === null)
    .map(({ cells }) => cells.findLastIndex(isFilled) + 1)
    .toSorted((a, b) => a - b)
  return spans[Math.floor((spans.length - 1) / 2)] ?? 0
}

/** A row as one text, by which it is compared and told. */
function textOf({ cells }: TableRow): string {
  return cells
    .filter(isFilled)
    .map((cell) => cell.trim())
    .join(' | ')
}

function shown(row: TableRow): FileHeader['skipped'][number] {
  return { line: row.line, text: textOf(row).slice(0, MAX_SHOWN).toWellFormed() }
}

function isFilled(cell: string | null): cell is string {
  return cell !== null && cell.trim() !== ''
}
