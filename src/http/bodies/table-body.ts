import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import { CsvRows } from '../../imports/csv-rows.ts'
import { guessSeparator } from '../../imports/separator.ts'
import type { FormField } from '../../inbound/form-field.ts'

/** More is a list, which is brought in as one. */
const MAX_LENGTH = 200_000

/**
 * The rows of a table as the fields of forms, by the names in its first row. Null: the text is no table with a
 * name of a column that is known.
 */
export function readTable(text: string): FormField[][] | null {
  if (text.length > MAX_LENGTH) return null
  const plain = `${text.trim().replace(/\r\n?/g, '\n')}\n`
  const separator = guessSeparator(plain)
  const reader = new CsvRows({ separator, width: 0 })
  const [header, ...rows] = [...reader.push(plain), ...reader.end()]
  const names = (header?.cells ?? []).map((cell) => cell.trim())
  if (rows.length === 0 || !names.some(isColumnName)) return null
  const nameAt = (at: number) => {
    const name = names[at] ?? ''
    return name === '' ? `Column ${at + 1}` : name
  }
  return rows.map(({ cells }) =>
    cells.flatMap((cell, at): FormField[] =>
      cell.trim() === '' ? [] : [{ name: nameAt(at), text: cell, isFile: false }]
    )
  )
}
