import type { CsvCell } from '../../csv/write-csv.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import { LEAD_FIELDS, findField } from '../../domain/leads/field-catalogue.ts'
import { isMoney, isOdometer } from '../../domain/leads/lead-field.ts'
import type { KnownLead, LeadField } from '../../domain/leads/lead-field.ts'

/** A column of an export: its name, and what it says of one record. */
export interface ExportColumn<Row> {
  name: string
  cellOf: (row: Row) => CsvCell
}

/** The fields that are columns, in their order. */
export const EXPORT_FIELDS = LEAD_FIELDS.filter(({ uses }) => uses.includes('export'))

/**
 * A column for each field, named as an import knows it, so that what was exported can be imported as
 * it is. Of several vehicles it has the first; the others are in NDJSON.
 */
export function fieldColumns<Row>(
  fields: readonly LeadField[],
  leadOf: (row: Row) => KnownLead
): ExportColumn<Row>[] {
  return fields.map(({ path, kind, read }) => ({
    name: path,
    cellOf: (row) => {
      const [value] = read(leadOf(row))
      return Array.isArray(value) ? value.join(kind === 'lines' ? ', ' : '; ') : cellOf(value)
    }
  }))
}

/** One column for each of a dealer's fields. */
export function customColumns<Row>(
  fields: readonly CustomField[],
  leadOf: (row: Row) => KnownLead
): ExportColumn<Row>[] {
  return fieldColumns(
    fields.flatMap(({ key }) => findField(`customFields.${key}`) ?? []),
    leadOf
  )
}

function cellOf(value: unknown): CsvCell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  if (value instanceof Date) return value.toISOString()
  if (isMoney(value)) return `${value.amount} ${value.currency}`
  return isOdometer(value) ? `${value.value} ${value.unit}` : null
}
