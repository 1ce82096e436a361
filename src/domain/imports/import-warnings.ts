import type { ImportWarningCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { Import } from './import.ts'
import { nameByValues, namePartsByValues } from './name-by-values.ts'

/** A sentence names no more sheets. */
const MAX_NAMED = 50

/** What a person should know of a file: visible sheets with rows that are left out, and names found by their values. */
export function importWarnings({
  reading: { sheets },
  columns,
  settings: { mapping }
}: WarnedImport): Reason<ImportWarningCode>[] {
  const others = (sheets ?? []).filter(
    ({ isRead, isVisible, rows }) => !isRead && isVisible && rows !== 0
  )
  const left = others.slice(0, MAX_NAMED).map(({ name }) => name)
  const fields = new Map(mapping.map(({ column, field }) => [column, field]))
  return [
    ...(left.length > 0 ? [because('sheets_left_out', { sheets: left })] : []),
    ...guessedNames(columns, fields).map((column) => because('name_column_guessed', { column }))
  ]
}

/** The columns that were taken for names of persons by their values, and still are. */
function guessedNames(
  columns: WarnedImport['columns'],
  fields: ReadonlyMap<string, string | null>
): string[] {
  const whole = nameByValues(columns, ({ name }) => fields.get(name))
  const isPart = (field: string | null | undefined) =>
    /^contact\.(?:first|last)Name$/.test(field ?? '')
  const parts = namePartsByValues(columns, ({ name }) => {
    const field = fields.get(name)
    return isPart(field) ? null : field
  })
  const guessed = [
    ...(whole ? [[whole.name, 'contact.fullName']] : []),
    ...(parts
      ? [
          [parts.first.name, 'contact.firstName'],
          [parts.last.name, 'contact.lastName']
        ]
      : [])
  ]
  return guessed.flatMap(([name = '', field]) => (fields.get(name) === field ? [name] : []))
}

interface WarnedImport extends Pick<Import, 'columns'> {
  reading: Pick<Import['reading'], 'sheets'>
  settings: Pick<Import['settings'], 'mapping'>
}
