import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { areLabelled, isPoint } from './labelled-lines.ts'

const MAX_ROWS = 2_000

/** Lines that only draw the table, in ASCII or with signs for it. */
const BORDER = /^[\s+|:=\u2500-\u257f-]+$/
const BARS = /[\u2502\u2503\u2551]/g

/**
 * The records of a table that is drawn as text, as Markdown and databases write it: `| Name | Jan |`. Null: the text is
 * none, or its names are not known.
 */
export function readDrawnTable(text: string): FormField[][] | null {
  if (!/[|\u2502\u2503\u2551]/.test(text)) return null
  const lines = text
    .replace(BARS, '|')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !BORDER.test(line))
  const rows = lines.flatMap((line) => (line.includes('|') ? [cellsOf(line)] : []))
  return 2 * rows.length > lines.length ? recordsOfRows(rows) : null
}

function cellsOf(line: string): string[] {
  const plain = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  return plain.split('|').map((cell) => cell.trim().replace(/^\*\*([^*]+)\*\*$/, '$1'))
}

/**
 * The records of rows of cells: one whose labels stand in the first column, or one in each row below the names. Null:
 * the names are not known, or none of an e-mail or phone.
 */
export function recordsOfRows(rows: readonly (readonly string[])[]): FormField[][] | null {
  if (rows.length > MAX_ROWS) return null
  const [names = [], ...below] = rows
  const isHead = names.length > 1 && names.filter((name) => isColumnName(name)).length > 1
  const records = isHead ? below.map((cells) => fieldsOf(names, cells)) : []
  const isRead = records.some((fields) =>
    fields.some(({ name, text }) => isPoint({ label: name, value: text }))
  )
  if (isRead) return records.filter((fields) => fields.length > 0)
  const pairs = rows.flatMap((cells) => {
    const [label = '', value = '', ...more] = cells
    const isPair = value !== '' && more.every((cell) => cell === '')
    return isPair ? [{ label: label.replace(/\s?:$/, ''), value }] : []
  })
  if (2 * pairs.length <= rows.length || !areLabelled(pairs)) return null
  return [pairs.map(({ label, value }) => ({ name: label, text: value, isFile: false }))]
}

function fieldsOf(names: readonly string[], cells: readonly string[]): FormField[] {
  return cells.flatMap((text, at): FormField[] => {
    const name = names[at] ?? ''
    const called = name === '' ? `Column ${at + 1}` : name
    return text === '' ? [] : [{ name: called, text, isFile: false }]
  })
}
