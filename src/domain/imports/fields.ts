import type { ImportTarget } from './import.ts'

/** What a column of a file can become. */
export interface ImportField {
  /** Such as `contact.email`; custom fields are `customFields.` and their key. */
  name: string
  /** What people call it. */
  label: string
  targets: readonly ImportTarget[]
}

const both: readonly ImportTarget[] = ['leads', 'clients']
const leads: readonly ImportTarget[] = ['leads']
const clients: readonly ImportTarget[] = ['clients']

/** All fields but custom ones. Each is filled from one column at most. */
export const IMPORT_FIELDS = [
  { name: 'contact.firstName', label: 'First name', targets: both },
  { name: 'contact.middleName', label: 'Middle name', targets: both },
  { name: 'contact.lastName', label: 'Last name', targets: both },
  { name: 'contact.fullName', label: 'Full name', targets: both },
  { name: 'contact.companyName', label: 'Company', targets: both },
  { name: 'contact.email', label: 'E-mail', targets: both },
  { name: 'contact.otherEmail', label: 'Second e-mail', targets: both },
  { name: 'contact.phone', label: 'Phone', targets: both },
  { name: 'contact.otherPhone', label: 'Second phone', targets: both },
  { name: 'contact.preferredChannel', label: 'Preferred channel', targets: both },
  { name: 'contact.preferredTime', label: 'Preferred time', targets: both },
  { name: 'contact.language', label: 'Language', targets: both },
  { name: 'contact.address.street', label: 'Street', targets: both },
  { name: 'contact.address.city', label: 'City', targets: both },
  { name: 'contact.address.region', label: 'Region', targets: both },
  { name: 'contact.address.postalCode', label: 'Postal code', targets: both },
  { name: 'contact.address.country', label: 'Country', targets: both },
  { name: 'type', label: 'Type of lead', targets: leads },
  { name: 'externalId', label: 'Your own id', targets: leads },
  { name: 'submittedAt', label: 'Sent at', targets: leads },
  { name: 'message', label: 'Message', targets: leads },
  { name: 'description', label: 'Notes', targets: clients },
  { name: 'vehicle.interest', label: 'Interest', targets: both },
  { name: 'vehicle.condition', label: 'New or used', targets: both },
  { name: 'vehicle.year', label: 'Model year', targets: both },
  { name: 'vehicle.make', label: 'Make', targets: both },
  { name: 'vehicle.model', label: 'Model', targets: both },
  { name: 'vehicle.trim', label: 'Trim', targets: both },
  { name: 'vehicle.vin', label: 'VIN', targets: both },
  { name: 'vehicle.stockNumber', label: 'Stock number', targets: both },
  { name: 'vehicle.odometer', label: 'Odometer', targets: both },
  { name: 'vehicle.price', label: 'Price', targets: both }
] as const satisfies readonly ImportField[]
export type ImportFieldName = (typeof IMPORT_FIELDS)[number]['name']

/** What names of custom fields begin with; the rest is the field's key. */
export const CUSTOM_FIELD_PREFIX = 'customFields.'

/** Whether rows of this kind can have this field; custom fields nobody defined are among them. */
export function isImportField(name: string, target: ImportTarget): boolean {
  if (name.startsWith(CUSTOM_FIELD_PREFIX)) {
    const key = name.slice(CUSTOM_FIELD_PREFIX.length)
    return key.length > 0 && key.length <= 100
  }
  const field: ImportField | undefined = IMPORT_FIELDS.find((one) => one.name === name)
  return field?.targets.includes(target) ?? false
}
