import { findField } from '../leads/field-catalogue.ts'
import type { UnmappedValue } from '../leads/lead.ts'
import type { ColumnMapping, ImportColumn, StoredRow } from './import.ts'

/** What a lead shows of cells without a field: the payload has all of each. */
const MAX_VALUES = 50
const MAX_TEXT = 2_000

/** The longest text that a lead shows of a cell with a field. */
const MAX_UNREAD_TEXT = 10_000

/** A cell whose field can't hold its text: not at all, or not whole. */
export function unreadCell(
  path: string,
  text: string,
  { isShortened }: { isShortened: boolean }
): UnmappedValue {
  const code = isShortened ? 'shortened_text' : 'unreadable_value'
  return { path, text: text.slice(0, MAX_UNREAD_TEXT).toWellFormed(), code }
}

/** The columns of a file whose values go to no field, in their order. */
export function unmappedColumns(
  columns: readonly Pick<ImportColumn, 'name'>[],
  mapping: readonly ColumnMapping[]
): string[] {
  const mapped = new Set(mapping.flatMap(({ column, field }) => (field === null ? [] : column)))
  return columns.map(({ name }) => name).filter((name) => !mapped.has(name))
}

/** The cells of a row in these columns as values of a lead without a member of their own. */
export function unmappedCells(
  row: StoredRow,
  names: readonly string[],
  wanted: ReadonlySet<string>
): UnmappedValue[] {
  return names
    .flatMap((path, place) => {
      const text = row.cells[place]?.trim() ?? ''
      // What we export of a lead, such as its status, is none of a sender's values.
      if (text === '' || !wanted.has(path) || findField(path) !== null) return []
      return [{ path, text: text.slice(0, MAX_TEXT).toWellFormed() }]
    })
    .slice(0, MAX_VALUES)
}
