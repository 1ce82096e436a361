import type { DateOrder } from '../clock/written-time.ts'
import { customFieldFaults } from '../fields/custom-field.ts'
import type { CustomField } from '../fields/custom-field.ts'
import { isReachable } from '../leads/contact.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import type { RowCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { orderOf } from './column-dates.ts'
import { readCustomValue } from './custom-cell.ts'
import { findImportField } from './import-fields.ts'
import type {
  ColumnMapping,
  Import,
  ImportColumn,
  ImportSettings,
  RowProblem,
  StoredRow
} from './import.ts'
import { readValue } from './read-value.ts'
import type { CellValue, RowParsers } from './read-value.ts'
import { leadContentOf, putValue } from './record-content.ts'
import type { RowDraft } from './record-content.ts'
import { unmappedCells, unmappedColumns } from './unmapped-cells.ts'

/** What a row says, as a lead, and what is wrong with it. */
export interface ReadRow {
  content: LeadContent
  problems: RowProblem[]
}

type FieldDefinition = Pick<CustomField, 'key' | 'type' | 'options' | 'required'>

/** One cell of each row, and the field that it fills. */
interface PlannedCell {
  place: number
  column: string
  field: LeadField
  dateOrder: DateOrder | null
}

/** Which cell goes where, worked out once for all rows. */
interface RowPlan {
  cells: PlannedCell[]
  /** Of all columns of the file, in their order. */
  names: readonly string[]
  /** The columns without a field. */
  unmapped: ReadonlySet<string>
  definitions: readonly FieldDefinition[]
  parsers: RowParsers
}

/** How much of a cell is shown where something is wrong with it. */
export const MAX_SHOWN = 100

/** How the rows of an import are read; columns that go nowhere are left out. */
export function planRows(
  { target, columns, settings }: PlannedImport,
  basis: Pick<RowPlan, 'definitions' | 'parsers'>
): RowPlan {
  const places = new Map(columns.map(({ name }, place) => [name, place]))
  const cells = settings.mapping.flatMap(({ column, field: path }) => {
    const place = places.get(column)
    const field = path === null ? null : findImportField(path, target)
    if (!field || place === undefined) return []
    const dateOrder = orderOf(settings.dateOrder, columns[place]?.dates ?? null)
    return [{ place, column, field, dateOrder }]
  })
  const names = columns.map(({ name }) => name)
  return { ...basis, cells, names, unmapped: new Set(unmappedColumns(columns, settings.mapping)) }
}

interface PlannedImport extends Pick<Import, 'target'> {
  columns: readonly Pick<ImportColumn, 'name' | 'dates'>[]
  settings: Pick<ImportSettings, 'dateOrder'> & { mapping: readonly ColumnMapping[] }
}

/** Reads a row as the mapping says. Everything that is wrong with it is found at once. */
export function readRow(plan: RowPlan, row: StoredRow): ReadRow {
  const { definitions, parsers } = plan
  const cells = row.fault === null ? plan.cells : []
  const draft: RowDraft = { parts: {}, emails: [], phones: [] }
  const problems: RowProblem[] = []
  const find = (column: string | null, reason: Reason<RowCode>, text: string | null) => {
    const value = text === null ? null : text.slice(0, MAX_SHOWN)
    problems.push({ row: row.number, line: row.line, column, ...reason, value })
  }
  if (row.fault !== null) findUnreadable(plan, row, row.fault, find)
  for (const planned of cells) {
    const { place, column, field } = planned
    const text = withoutPrefix(field, row.cells[place]?.trim() ?? '')
    if (text === '') continue
    const cell = readCell(plan, planned, text)
    if ('fault' in cell) find(column, cell.fault, text)
    else putValue(draft, field, cell.value)
  }
  const content = { ...leadContentOf(draft), unmapped: unmappedOf(plan, row, draft) }
  if (row.fault === null) {
    for (const { key, reason } of customFieldFaults(
      definitions,
      content.customFields,
      parsers.values
    )) {
      const cell = cells.find(({ field }) => field.part === 'customFields' && field.member === key)
      const fault = cell ? reason : because('field_required', { field: key })
      find(cell?.column ?? null, fault, textOf(row, cell?.place))
    }
    if (!isReachable(content.contact)) findUnreachable(cells, row, find)
  }
  return { content, problems }
}

function readCell(
  { definitions, parsers }: RowPlan,
  { field, dateOrder }: PlannedCell,
  text: string
): CellValue {
  const definition =
    field.part === 'customFields' ? definitions.find(({ key }) => key === field.member) : undefined
  return definition
    ? { value: readCustomValue(definition, text, dateOrder) }
    : readValue(field, text, parsers, dateOrder)
}

/** Facebook writes ids as `l:1098…` and postal codes as `z:14604`, so that spreadsheets take them for texts. */
function withoutPrefix({ path, part }: LeadField, text: string): string {
  const isMarked = path === 'externalId' || part === 'attribution' || path.endsWith('.postalCode')
  return isMarked ? text.replace(/^(?:ag|as|[lcfz]):(?=\d)/, '') : text
}

/** The cells without a field; those of an address at work too, where the row has another. */
function unmappedOf(plan: RowPlan, row: StoredRow, { parts }: RowDraft): UnmappedValue[] {
  if (row.fault !== null) return []
  const second = parts['contact.address']
    ? plan.cells.filter(({ field }) => field.part === 'contact.workAddress')
    : []
  const wanted = new Set([...plan.unmapped, ...second.map(({ column }) => column)])
  return unmappedCells(row, plan.names, wanted)
}

/** A row that can't be read; where one of its cells is to blame, that is named and shown. */
function findUnreadable(
  { names }: RowPlan,
  row: StoredRow,
  fault: Reason<RowCode>,
  find: (column: string | null, reason: Reason<RowCode>, text: string | null) => void
): void {
  const place = Number(fault.facts.cell) - 1
  const column = names[place] ?? null
  find(column, fault, column === null ? null : textOf(row, place))
}

/** The contact has no way to be reached: no phone was given, or an invalid one. */
function findUnreachable(
  cells: RowPlan['cells'],
  row: StoredRow,
  find: (column: string | null, reason: Reason<RowCode>, text: string | null) => void
): void {
  const given = cells.filter(({ place }) => (row.cells[place]?.trim() ?? '') !== '')
  const phones = given.filter(({ field: { kind } }) => kind === 'phone' || kind === 'phones')
  for (const { column, place } of phones) find(column, because('not_phone'), textOf(row, place))
  const hasEmail = given.some(({ field: { kind } }) => kind === 'email' || kind === 'emails')
  if (phones.length === 0 && !hasEmail) find(null, because('unreachable'), null)
}

function textOf(row: StoredRow, place: number | undefined): string | null {
  return place === undefined ? null : (row.cells[place] ?? null)
}
