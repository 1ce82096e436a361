import type { ImportWarningCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { Import } from './import.ts'
import { nameByValues } from './name-by-values.ts'

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
  const names = nameByValues(columns, ({ name }) => fields.get(name))
  const isGuessed = names !== undefined && fields.get(names.name) === 'contact.fullName'
  return [
    ...(left.length > 0 ? [because('sheets_left_out', { sheets: left })] : []),
    ...(isGuessed ? [because('name_column_guessed', { column: names.name })] : [])
  ]
}

interface WarnedImport extends Pick<Import, 'columns'> {
  reading: Pick<Import['reading'], 'sheets'>
  settings: Pick<Import['settings'], 'mapping'>
}
