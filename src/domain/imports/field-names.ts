import type { CustomField } from '../fields/custom-field.ts'
import { squeeze } from '../text/fold.ts'
import { COLUMN_NAMES } from './column-names.ts'
import type { ImportTarget } from './import.ts'
import { IMPORT_FIELDS } from './import-fields.ts'

/** Our fields by their paths. */
function ownNames(target: ImportTarget): Map<string, string> {
  const names = new Map<string, string>()
  for (const { path } of IMPORT_FIELDS[target]) {
    add(names, path, path)
    // As a lead on the wire has it, laid flat.
    add(names, path.replace(/^vehicle\./, 'vehicles.0.'), path)
    add(names, path.replace(/^vehicle\./, 'vehicleInterests.0.'), path)
  }
  return names
}

export type NamedField = Pick<CustomField, 'key' | 'label'>

/** The field of a squeezed name that is a path of ours, or what the dealer calls a field of its own. */
export function ownFields(
  target: ImportTarget,
  customFields: readonly NamedField[]
): (name: string) => string | undefined {
  const custom = customNames(customFields)
  return (name) => OWN_NAMES[target].get(name) ?? custom.get(name)
}

/** A dealer's own fields. Each field of a form asks for them, and to fold their names takes longer than to look. */
function customNames(fields: readonly NamedField[]): ReadonlyMap<string, string> {
  const before = customNamesOf.get(fields)
  if (before) return before
  const names = new Map<string, string>()
  for (const { key, label } of fields) {
    for (const name of [`customFields.${key}`, key, label]) add(names, name, `customFields.${key}`)
  }
  customNamesOf.set(fields, names)
  return names
}

const customNamesOf = new WeakMap<readonly NamedField[], ReadonlyMap<string, string>>()

/** What programs and people call the fields; the last part of a path that is in the table too. */
function knownNames(target: ImportTarget): Map<string, string> {
  const names = new Map<string, string>()
  const known = new Set(IMPORT_FIELDS[target].map(({ path }) => path))
  const paths = Object.keys(COLUMN_NAMES).filter(
    (path) => known.has(path) || (target === 'leads' && path.startsWith('attribution.'))
  )
  for (const path of paths) for (const called of COLUMN_NAMES[path] ?? []) add(names, called, path)
  for (const path of paths) add(names, path.split('.').at(-1) ?? path, path)
  return names
}

function add(names: Map<string, string>, name: string, field: string): void {
  const key = squeeze(name)
  if (key !== '' && !names.has(key)) names.set(key, field)
}

const OWN_NAMES: Record<ImportTarget, ReadonlyMap<string, string>> = {
  leads: ownNames('leads'),
  clients: ownNames('clients')
}

/** What programs and people call our fields, squeezed. */
export const KNOWN_NAMES: Record<ImportTarget, ReadonlyMap<string, string>> = {
  leads: knownNames('leads'),
  clients: knownNames('clients')
}
