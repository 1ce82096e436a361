import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import { CsvRows } from '../../imports/csv-rows.ts'
import { otherQuotes } from '../../imports/other-quotes.ts'
import { guessSeparator } from '../../imports/separator.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { recordsOfRows } from './text-tables.ts'

/** More is a list, which is brought in as one. */
const MAX_LENGTH = 200_000

/**
 * The rows of a table as the fields of forms, by the names in its first row. Null: the text is no table with a
 * name of a column that is known.
 */
export function readTable(text: string): FormField[][] | null {
  const [header, ...rows] = cellsIn(text)
  const names = (header ?? []).map((cell) => cell.trim())
  if (rows.length === 0 || !names.some(isColumnName)) return null
  const nameAt = (at: number) => {
    const name = names[at] ?? ''
    return name === '' ? `Column ${at + 1}` : name
  }
  return rows.map((cells) =>
    cells.flatMap((cell, at): FormField[] =>
      cell.trim() === '' ? [] : [{ name: nameAt(at), text: cell, isFile: false }]
    )
  )
}

/** The same of a text that may be none: its names are known, and one of them is of an e-mail or phone. */
export function readUnnamedTable(text: string): FormField[][] | null {
  const rows = cellsIn(text).map((cells) => cells.map((cell) => cell.trim()))
  const [names = []] = rows
  const isTable = names.length > 1 && rows.every(({ length }) => length <= names.length)
  return isTable ? recordsOfRows(rows) : null
}

function cellsIn(text: string): string[][] {
  if (text.length > MAX_LENGTH) return []
  const given = `${text.trim().replace(/\r\n?/g, '\n')}\n`
  const quotes = otherQuotes(given)
  const plain = quotes ? quotes.replace(given) + quotes.end() : given
  const separator = guessSeparator(plain)
  const reader = new CsvRows({ separator, width: 0 })
  return [...reader.push(plain), ...reader.end()].map(({ cells }) => cells)
}
