import type { UnmappedValue } from '../leads/lead.ts'
import type { StoredRow } from './import.ts'

/** A lead shows so much of a cell: the payload has all of it. */
const MAX_TEXT = 2_000

/** The name of a cell without a column, by its number from 1. */
export function nameOfCell(number: number): string {
  return `Column ${number}`
}

/** The cells behind the last column of the file, as values of a lead without a member of their own. */
export function surplusCells(
  names: readonly string[],
  { cells }: Pick<StoredRow, 'cells'>
): UnmappedValue[] {
  return cells.slice(names.length).flatMap((cell, at) => {
    const text = cell?.trim() ?? ''
    const path = nameOfCell(names.length + at + 1)
    return text === '' ? [] : [{ path, text: text.slice(0, MAX_TEXT).toWellFormed() }]
  })
}
