import { LEAD_FIELDS, findField } from '../leads/field-catalogue.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { ImportTarget } from './import.ts'

const LEADS = LEAD_FIELDS.filter(({ uses }) => uses.includes('import'))

/** The fields that columns of a file fill, beside open ones. Each is filled from one column at most. */
export const IMPORT_FIELDS: Record<ImportTarget, readonly LeadField[]> = {
  leads: LEADS,
  // A client has a lead's contact and vehicles, and a description where a lead has a message.
  clients: LEADS.flatMap((field) => {
    if (field.path === 'message') return [{ ...field, path: 'description' }]
    return /^(contact|vehicle)\./.test(field.path) ? [field] : []
  })
}

/** The field that a column of rows of this kind can fill, custom fields that are not defined too. */
export function findImportField(path: string, target: ImportTarget): LeadField | null {
  const known = IMPORT_FIELDS[target].find((field) => field.path === path)
  if (known) return known
  const field = findField(path)
  const isOpen =
    field?.part === 'customFields' || (target === 'leads' && field?.part === 'attribution')
  return isOpen ? field : null
}
