import { stringify } from 'csv-stringify/sync'

import { guardCell } from '../domain/imports/guard-cell.ts'

export const CSV_SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
export type CsvSeparator = keyof typeof CSV_SEPARATORS

/** How a CSV is written. */
export interface CsvStyle {
  separator: CsvSeparator
  /** Begins with a byte order mark, from which Excel knows UTF-8. */
  bom: boolean
  /** Whether texts are guarded against being taken for formulas; programs want them as they are. */
  guarded: boolean
}

export const DEFAULT_CSV: CsvStyle = { separator: 'comma', bom: false, guarded: true }

export type CsvCell = string | number | boolean | null

/** The beginning of a CSV: byte order mark and header row. */
export function writeCsvHead(columns: readonly string[], style: CsvStyle): string {
  return (style.bom ? '\uFEFF' : '') + writeCsvRows([columns], style)
}

/**
 * Rows of a CSV as RFC 4180 has them, each with its line's end (CRLF). Texts are guarded against being
 * taken for formulas, if the style says so; numbers are written as they are, null as an empty cell.
 *
 * A text with any usual separator is in quotes, whichever one this file has: programs that take several
 * for separators at once would see a cell begin in its middle.
 */
export function writeCsvRows(rows: readonly (readonly CsvCell[])[], style: CsvStyle): string {
  return stringify(rows as CsvCell[][], {
    delimiter: CSV_SEPARATORS[style.separator],
    record_delimiter: '\r\n',
    quote_record_delimiter: true,
    quoted_match: /[,;\t|]/,
    cast: { string: style.guarded ? guardCell : String, boolean: String }
  })
}
