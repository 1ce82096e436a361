import type { DateOrder } from '../clock/written-time.ts'
import { customFieldFaults } from '../fields/custom-field.ts'
import type { CustomField } from '../fields/custom-field.ts'
import { isReachable } from '../leads/contact.ts'
import { EMPTY_LEAD } from '../leads/empty-lead.ts'
import { absentValue } from '../leads/known-texts.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { LeadContent, UnmappedValue } from '../leads/lead.ts'
import type { RowCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import { isAbsentValue } from '../text/absent-values.ts'
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

/** A row as a lead, with its faults. */
export interface ReadRow {
  content: LeadContent
  /** With any of these the row becomes no record. */
  problems: RowProblem[]
  /** Told of a row that becomes a lead all the same: that nobody can be reached. */
  notices: RowProblem[]
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
interface RowPlan extends Pick<Import, 'target'> {
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
  return {
    ...basis,
    target,
    cells,
    names,
    unmapped: new Set(unmappedColumns(columns, settings.mapping))
  }
}

interface PlannedImport extends Pick<Import, 'target'> {
  columns: readonly Pick<ImportColumn, 'name' | 'dates'>[]
  settings: Pick<ImportSettings, 'dateOrder'> & { mapping: readonly ColumnMapping[] }
}

type Find = (column: string | null, reason: Reason<RowCode>, text: string | null) => void

/** Reads a row as the mapping says. Everything that is wrong with it is found at once. */
export function readRow(plan: RowPlan, row: StoredRow): ReadRow {
  const problems: RowProblem[] = []
  const notices: RowProblem[] = []
  const findFor = (found: RowProblem[]): Find => {
    return (column, reason, text) => {
      const value = text === null ? null : text.slice(0, MAX_SHOWN)
      found.push({ row: row.number, line: row.line, column, ...reason, value })
    }
  }
  const find = findFor(problems)
  if (row.fault !== null) {
    findUnreadable(plan, row, row.fault, find)
    return { content: EMPTY_LEAD, problems, notices }
  }
  const content = readContent(plan, row, find)
  findFieldFaults(plan, row, content, find)
  const { contact } = content
  if (!isReachable(contact)) {
    const isKept = plan.target === 'leads' && contact.emails.length + contact.phones.length > 0
    if (isKept) findQuarantined(plan.cells, row, findFor(notices))
    else findUnreachable(plan.cells, row, find)
  }
  return { content, problems, notices }
}

function readContent(plan: RowPlan, row: StoredRow, find: Find): LeadContent {
  const draft: RowDraft = { parts: {}, emails: [], phones: [] }
  const absent: UnmappedValue[] = []
  for (const planned of plan.cells) {
    const { place, column, field } = planned
    const text = withoutPrefix(field, row.cells[place]?.trim() ?? '')
    if (text === '') continue
    if (mayBeAbsent(field) && isAbsentValue(text)) {
      absent.push(absentValue(column, text))
      continue
    }
    const cell = readCell(plan, planned, text)
    if ('fault' in cell) find(column, cell.fault, text)
    else putValue(draft, planned, cell.value)
  }
  const content = leadContentOf(draft, plan.parsers.contacts)
  return { ...content, unmapped: [...absent, ...content.unmapped, ...unmappedOf(plan, row, draft)] }
}

/** Prose stays as it is. `none` is a value of campaigns, and perhaps of the dealer's own fields. */
function mayBeAbsent({ part, kind }: LeadField): boolean {
  return kind !== 'prose' && part !== 'attribution' && part !== 'customFields'
}

function findFieldFaults(
  { cells, definitions, parsers }: RowPlan,
  row: StoredRow,
  { customFields }: LeadContent,
  find: Find
): void {
  for (const { key, reason } of customFieldFaults(definitions, customFields, parsers.values)) {
    const cell = cells.find(({ field }) => field.part === 'customFields' && field.member === key)
    const fault = cell ? reason : because('field_required', { field: key })
    find(cell?.column ?? null, fault, textOf(row, cell?.place))
  }
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
  find: Find
): void {
  const place = Number(fault.facts.cell) - 1
  const column = names[place] ?? null
  find(column, fault, column === null ? null : textOf(row, place))
}

/** The row is a lead all the same, in quarantine: its first value for an e-mail or phone is named. */
function findQuarantined(cells: RowPlan['cells'], row: StoredRow, find: Find): void {
  const { phones, emails } = givenPoints(cells, row)
  const cell = phones[0] ?? emails[0]
  find(cell?.column ?? null, because('lead_quarantined'), textOf(row, cell?.place))
}

/** The contact has no way to be reached: no phone was given, or an invalid one. */
function findUnreachable(cells: RowPlan['cells'], row: StoredRow, find: Find): void {
  const { phones, emails } = givenPoints(cells, row)
  for (const { column, place } of phones) find(column, because('not_phone'), textOf(row, place))
  for (const { column, place } of emails) find(column, because('not_email'), textOf(row, place))
  if (phones.length === 0 && emails.length === 0) find(null, because('unreachable'), null)
}

/** The cells that have a text for a phone or an e-mail. */
function givenPoints(cells: RowPlan['cells'], row: StoredRow) {
  const given = cells.filter(({ place }) => (row.cells[place]?.trim() ?? '') !== '')
  return {
    phones: given.filter(({ field: { kind } }) => kind === 'phone' || kind === 'phones'),
    emails: given.filter(({ field: { kind } }) => kind === 'email' || kind === 'emails')
  }
}

function textOf(row: StoredRow, place: number | undefined): string | null {
  return place === undefined ? null : (row.cells[place] ?? null)
}
