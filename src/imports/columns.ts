import { numberedColumn } from '../domain/imports/name-by-values.ts'
import { cleanCell } from './cells.ts'
import { fileFault } from './file-fault.ts'
import type { FileFault } from './file-fault.ts'
import { MAX_COLUMNS, MAX_COLUMN_NAME } from './limits.ts'

/**
 * The names of a file's columns, from the row of names: all are filled in and unique. Empty cells at the
 * end are not columns, save within `atLeast`: spreadsheets leave them behind.
 */
export function nameColumns(header: readonly (string | null)[], atLeast = 0): string[] {
  const names = header.map((cell) =>
    cleanCell((cell ?? '').trimStart().slice(0, 2 * MAX_COLUMN_NAME))
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_COLUMN_NAME - 10)
      .toWellFormed()
  )
  const lastNamed = names.findLastIndex((name) => name !== '')
  if (lastNamed === -1) throw fileFault('columns_unnamed')
  const last = Math.max(lastNamed, Math.min(atLeast, names.length) - 1)
  if (last >= MAX_COLUMNS) throw tooManyColumns()
  const taken = new Set<string>()
  return names.slice(0, last + 1).map((name, at) => {
    const unique = firstFree(name === '' ? numberedColumn(at) : name, taken)
    taken.add(unique)
    return unique
  })
}

/**
 * The names of columns in two rows: those of the lower one, where it has none the cell above, which was merged
 * with it. A name that occurs twice has that of its group before it, such as `Seller Phone`.
 */
export function joinNameRows(
  upper: readonly (string | null)[],
  lower: readonly (string | null)[]
): (string | null)[] {
  const width = Math.min(Math.max(upper.length, lower.length), MAX_COLUMNS + 1)
  const plain = (cell: string | null | undefined) => (cell ?? '').trim()
  const names = Array.from({ length: width }, (_, at) => plain(lower[at]))
  let group = ''
  return names.map((name, at) => {
    group = plain(upper[at]) || group
    if (name === '') return plain(upper[at])
    const isRepeated = names.indexOf(name) !== names.lastIndexOf(name)
    return isRepeated ? `${group} ${name}`.trim() : name
  })
}

/** The names of so many columns, for a file without a row of names. */
export function numberColumns(count: number): string[] {
  if (count > MAX_COLUMNS) throw tooManyColumns()
  return Array.from({ length: count }, (_, at) => numberedColumn(at))
}

export function tooManyColumns(): FileFault {
  return fileFault('too_many_columns', { limit: MAX_COLUMNS })
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name} ${number}`)) number++
  return `${name} ${number}`
}
