import type { CustomField } from '../../domain/fields/custom-field.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { EXPORT_FIELDS, customColumns, fieldColumns } from './columns.ts'
import type { ExportColumn } from './columns.ts'

/** Columns of an export of leads as CSV. */
export function leadColumns(fields: readonly CustomField[]): ExportColumn<Lead>[] {
  return [
    ...fieldColumns<Lead>(EXPORT_FIELDS, (lead) => lead),
    ...customColumns<Lead>(fields, (lead) => lead)
  ]
}
