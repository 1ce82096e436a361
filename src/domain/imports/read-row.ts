import { customFieldFaults } from '../fields/custom-field.ts'
import type { CustomField } from '../fields/custom-field.ts'
import { isReachable } from '../leads/contact.ts'
import { readCustomValue } from './custom-cell.ts'
import { CUSTOM_FIELD_PREFIX } from './fields.ts'
import type { ColumnMapping, ImportColumn, RowProblem, StoredRow } from './import.ts'
import { contactOf } from './record-content.ts'
import type { ReadRow } from './record-content.ts'
import { emptyDraft } from './row-draft.ts'
import type { FieldReader, RowDraft, RowReading } from './row-draft.ts'
import { FIELD_READERS } from './row-fields.ts'
import { setOwn } from './set-own.ts'

export type FieldDefinition = Pick<CustomField, 'key' | 'type' | 'options' | 'required'>

/** Which cell goes where, worked out once for all rows. */
export interface RowPlan {
  cells: { place: number; column: string; field: string; read: FieldReader | null }[]
  definitions: readonly FieldDefinition[]
  reading: RowReading
}

/** How much of a cell is shown where something is wrong with it. */
export const MAX_SHOWN = 100

/** How rows of these columns are read; columns that go nowhere are left out. */
export function planRows(
  columns: readonly Pick<ImportColumn, 'name'>[],
  mapping: readonly ColumnMapping[],
  basis: Pick<RowPlan, 'definitions' | 'reading'>
): RowPlan {
  const places = new Map(columns.map(({ name }, place) => [name, place]))
  const cells = mapping.flatMap(({ column, field }) => {
    const place = places.get(column)
    if (field === null || place === undefined) return []
    const readers: Partial<Record<string, FieldReader>> = FIELD_READERS
    return [{ place, column, field, read: readers[field] ?? null }]
  })
  return { ...basis, cells }
}

/** Reads a row as the mapping says. Everything that is wrong with it is found at once. */
export function readRow({ cells, definitions, reading }: RowPlan, row: StoredRow): ReadRow {
  const draft = emptyDraft()
  const customFields: Record<string, unknown> = {}
  const problems: RowProblem[] = []
  const find = (column: string | null, reason: string, text: string | null) => {
    const value = text === null ? null : text.slice(0, MAX_SHOWN)
    problems.push({ row: row.number, line: row.line, column, reason, value })
  }
  if (row.fault !== null) find(null, row.fault, null)
  for (const { place, column, field, read } of row.fault === null ? cells : []) {
    const text = row.cells[place]?.trim() ?? ''
    if (text === '') continue
    if (read === null) {
      const key = field.slice(CUSTOM_FIELD_PREFIX.length)
      const definition = definitions.find((one) => one.key === key)
      setOwn(customFields, key, definition ? readCustomValue(definition, text) : text)
    } else {
      const fault = read(draft, text, reading)
      if (fault !== null) find(column, fault, text)
    }
  }
  const contact = contactOf(draft)
  if (row.fault === null) {
    for (const { key, message } of customFieldFaults(definitions, customFields, reading.values)) {
      const cell = cells.find(({ field }) => field === CUSTOM_FIELD_PREFIX + key)
      find(cell?.column ?? null, cell ? message : `${key} ${message}`, textOf(row, cell?.place))
    }
    if (!isReachable(contact)) findUnreachable(cells, row, draft, find)
  }
  return { draft, contact, customFields, problems }
}

/** Nobody to reach: what was given as a phone is none, or nothing was given. */
function findUnreachable(
  cells: RowPlan['cells'],
  row: StoredRow,
  draft: RowDraft,
  find: (column: string | null, reason: string, text: string | null) => void
): void {
  const given = cells.filter(
    ({ field, place }) =>
      /^contact\.(?:p|otherP)hone$/.test(field) && (row.cells[place]?.trim() ?? '') !== ''
  )
  for (const { column, place } of given) find(column, 'is no phone number', textOf(row, place))
  const hasEmail = cells.some(
    ({ field, place }) =>
      /^contact\.(?:e|otherE)mail$/.test(field) && (row.cells[place]?.trim() ?? '') !== ''
  )
  if (draft.phones.length === 0 && !hasEmail) {
    find(null, 'has neither an e-mail address nor a phone number', null)
  }
}

function textOf(row: StoredRow, place: number | undefined): string | null {
  return place === undefined ? null : (row.cells[place] ?? null)
}
