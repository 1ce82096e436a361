import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { jsonFields } from '../../inbound/json-form.ts'
import { heldLeads, isLead } from '../../inbound/several-leads.ts'
import {
  hasManyLines,
  isLabelled,
  readLabelled,
  readOneLine,
  readOtherLabels
} from './labelled-lines.ts'
import { PAGE_BREAK, linesOfPage, rowsOfPage } from './page-text.ts'
import { readPrintedValues } from './printed-values.ts'
import { readUnnamedTable } from './table-body.ts'
import { readDrawnTable, recordsOfRows } from './text-tables.ts'

/** The fields of each person in a text, and what stands around them. */
export interface TextRecords {
  records: FormField[][]
  around: string
}

/**
 * The people of a text in which labels say what each value is: in a table, in what a program has printed, in lines with any
 * marks, or in the elements of a page. Null: it is other text.
 */
export function readTextRecords(text: string): TextRecords | null {
  if (hasManyLines(text)) return null
  if (DAMAGED_JSON.test(text) && !text.includes('=>')) return null
  if (isLabelled(text)) return { records: [readLabelled(text)], around: '' }
  const records = readDrawnTable(text) ?? printedRecords(text) ?? readUnnamedTable(text)
  if (records) return { records, around: '' }
  const fields = readOtherLabels(text) ?? readOneLine(text)
  if (fields) return { records: [fields], around: '' }
  return PAGE_BREAK.test(text) ? readPage(text) : null
}

/** Its labels may be of several people. */
const DAMAGED_JSON = /^[\s\ufeff]{0,99}[{[]\s{0,99}["'{[]/

/** A longer page is no form. */
const MAX_LINES = 2_000
/** Nor is one with a longer row. */
const MAX_CELLS = 300

/** The people of a page; null: it has no labels. */
export function readPage(html: string): TextRecords | null {
  const lines = linesOfPage(html)
  if (lines.length > MAX_LINES) return null
  const rows = rowsOfPage(html).map(withLabelAbove)
  if (rows.some((cells) => cells.length > MAX_CELLS)) return null
  const records = recordsOfRows(rows.filter(isRow))
  if (records) {
    const around = rows.filter((cells) => !isRow(cells))
    return { records, around: around.flat().join('\n') }
  }
  const text = lines.map((line) => line.replaceAll('\t', ' ').trim()).join('\n')
  const fields = isLabelled(text) ? readLabelled(text) : readOtherLabels(text)
  return fields && { records: [fields], around: '' }
}

const isRow = (cells: readonly string[]) => cells.slice(1).some((cell) => cell !== '')

/** A cell whose first line is a label has the value below it: `Message:<br>Hello`. */
function withLabelAbove(cells: string[]): string[] {
  const [only = ''] = cells
  const at = only.indexOf('\n')
  const label = only.slice(0, at).replace(/\s?:$/, '')
  return at > 0 && !isRow(cells) && isColumnName(label) ? [label, only.slice(at + 1)] : cells
}

function printedRecords(text: string): FormField[][] | null {
  const value = readPrintedValues(text)
  if (typeof value !== 'object' || value === null) return null
  const held = heldLeads(value)
  if (held) return held.items.map((item) => jsonFields(item.value))
  return !Array.isArray(value) && isLead(value) ? [jsonFields(value)] : null
}
