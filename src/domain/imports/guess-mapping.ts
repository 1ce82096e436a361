import type { CustomField } from '../fields/custom-field.ts'
import { fold } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'
import { IMPORT_FIELDS } from './import-fields.ts'
import { IMPORT_TARGETS } from './import.ts'
import type { ColumnMapping, ImportColumn, ImportTarget } from './import.ts'

/**
 * Where each column of a file goes, as far as its name tells, or else the shape of its values. A field
 * is filled from one column: the first that names it, so that a second `Phone` does not replace it.
 */
export function guessMapping(
  columns: readonly ImportColumn[],
  target: ImportTarget,
  customFields: readonly Pick<CustomField, 'key' | 'label'>[]
): ColumnMapping[] {
  const names = fieldsByName(target, customFields)
  const fields = new Map<ImportColumn, string>()
  const taken = new Set<string>()
  const assign = (column: ImportColumn, field: string | undefined): void => {
    if (field === undefined || taken.has(field) || fields.has(column)) return
    fields.set(column, field)
    taken.add(field)
  }
  for (const column of columns) assign(column, names.get(fold(column.name)))
  for (const column of columns) assign(column, fieldByLongerName(column.name, names))
  for (const column of columns) assign(column, fieldByShape(column.samples))
  return columns.map((column) => ({ column: column.name, field: fields.get(column) ?? null }))
}

/** Whether a text is the name of a column, in any of the languages, of leads or clients. */
export function isColumnName(text: string): boolean {
  return KNOWN_NAMES.some(
    (names) => names.has(fold(text)) || fieldByLongerName(text, names) !== undefined
  )
}

/** What names mean, the most certain first: a dealer's own fields, ours, what people call them. */
function fieldsByName(
  target: ImportTarget,
  customFields: readonly Pick<CustomField, 'key' | 'label'>[]
): Map<string, string> {
  const names = new Map<string, string>()
  const add = (name: string, field: string): void => {
    const folded = fold(name)
    if (folded !== '' && !names.has(folded)) names.set(folded, field)
  }
  const paths = IMPORT_FIELDS[target].map(({ path }) => path)
  for (const path of paths) {
    add(path, path)
    // As a lead on the wire has it, laid flat.
    add(path.replace(/^vehicle\./, 'vehicles.0.'), path)
    add(path.replace(/^vehicle\./, 'vehicleInterests.0.'), path)
  }
  for (const { key, label } of customFields) {
    for (const name of [`customFields.${key}`, key, label]) add(name, `customFields.${key}`)
  }
  for (const path of paths) for (const called of COLUMN_NAMES[path] ?? []) add(called, path)
  for (const path of paths) if (COLUMN_NAMES[path]) add(path.split('.').at(-1) ?? path, path)
  return names
}

/** Words that stand around a name without changing what it names. */
const AROUND = new Set(
  (
    'your customer customers client clients contact lead person del de la el cliente contacto klienta ' +
    'kontaktu osoby twoj twoje number numer nr no 1'
  ).split(' ')
)

function fieldByLongerName(name: string, names: ReadonlyMap<string, string>): string | undefined {
  const words = fold(name).split(' ')
  const bare = words.filter((word) => !AROUND.has(word))
  return bare.length < words.length ? names.get(bare.join(' ')) : undefined
}

const EMAIL = /^[^\s@]+@[^\s@.]+\.[^\s@]+$/
const PHONE = /^\+?[\d\s()./-]{7,24}$/
const VIN = /^[A-HJ-NPR-Z\d]{17}$/i

/** The field whose values all look like these. */
function fieldByShape(samples: readonly string[]): string | undefined {
  if (samples.length === 0) return undefined
  if (samples.every((value) => EMAIL.test(value))) return 'contact.email'
  if (samples.every((value) => VIN.test(value) && /[A-Z]/i.test(value))) return 'vehicle.vin'
  return samples.every(isPhone) ? 'contact.phone' : undefined
}

/** Nine digits or more, and no day, amount or year. */
function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length
  return PHONE.test(value) && digits >= 9 && digits <= 15 && !/^\d{4}-\d\d-\d\d/.test(value)
}

const KNOWN_NAMES = IMPORT_TARGETS.map((target) => fieldsByName(target, []))
