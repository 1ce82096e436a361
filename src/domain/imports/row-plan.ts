import type { DateOrder } from '../clock/written-time.ts'
import type { CustomField } from '../fields/custom-field.ts'
import type { LeadField } from '../leads/lead-field.ts'
import { orderOf } from './column-dates.ts'
import { PHONE_CODES_PART, findImportField } from './import-fields.ts'
import { codeOwners } from './joined-phones.ts'
import type { GivenCode } from './joined-phones.ts'
import type { ColumnMapping, Import, ImportColumn, ImportSettings } from './import.ts'
import { labelPlace } from './point-labels.ts'
import type { RowParsers } from './read-value.ts'
import { unmappedColumns } from './unmapped-cells.ts'

type FieldDefinition = Pick<CustomField, 'key' | 'type' | 'options' | 'required'>

/** One cell of each row, and the field that it fills. */
export interface PlannedCell {
  place: number
  column: string
  field: LeadField
  dateOrder: DateOrder | null
  /** Of a code: the column of its phone; null: of each phone. */
  owner: string | null
  /** Of a phone: the place of the cell that names its type. */
  labelAt: number | null
}

/** Which cell goes where, worked out once for all rows. */
export interface RowPlan extends Pick<Import, 'target'> {
  cells: PlannedCell[]
  /** Of all columns of the file, in their order. */
  names: readonly string[]
  /** The columns without a field. */
  unmapped: ReadonlySet<string>
  definitions: readonly FieldDefinition[]
  parsers: RowParsers
}

/** How the rows of an import are read; columns that go nowhere are left out. */
export function planRows(
  { target, columns, settings }: PlannedImport,
  basis: Pick<RowPlan, 'definitions' | 'parsers'>
): RowPlan {
  const names = columns.map(({ name }) => name)
  const places = new Map(columns.map(({ name }, place) => [name, place]))
  const cells = settings.mapping.flatMap(({ column, field: path }) => {
    const place = places.get(column)
    const field = path === null ? null : findImportField(path, target)
    if (!field || place === undefined) return []
    const dateOrder = orderOf(settings.dateOrder, columns[place]?.dates ?? null)
    const labelAt = isPhoneKind(field) ? labelPlace(column, names) : null
    return [{ place, column, field, dateOrder, owner: null, labelAt }]
  })
  return {
    ...basis,
    target,
    cells: withOwners(cells),
    names,
    unmapped: new Set(unmappedColumns(columns, settings.mapping))
  }
}

/** The cells with the phones of their codes; a code of no phone fills nothing. */
function withOwners(cells: readonly PlannedCell[]): PlannedCell[] {
  const named = cells
    .map((cell) => ({ cell, name: cell.column, place: cell.place }))
    .toSorted((one, other) => one.place - other.place)
  const phones = named.filter(({ cell }) => isPhoneKind(cell.field))
  const codes = named.flatMap((one) => {
    const { part, member } = one.cell.field
    return part === PHONE_CODES_PART ? { ...one, kind: member as CodeKind } : []
  })
  const owners = codeOwners(codes, phones)
  const columns = new Map(
    [...owners].map(([{ cell }, phone]) => [cell, phone?.cell.column ?? null] as const)
  )
  return cells.map((cell) => ({ ...cell, owner: columns.get(cell) ?? null }))
}

export function isPhoneKind({ kind }: LeadField): boolean {
  return kind === 'phone' || kind === 'phones'
}

interface PlannedImport extends Pick<Import, 'target'> {
  columns: readonly Pick<ImportColumn, 'name' | 'dates'>[]
  settings: Pick<ImportSettings, 'dateOrder'> & { mapping: readonly ColumnMapping[] }
}

type CodeKind = GivenCode['kind']
