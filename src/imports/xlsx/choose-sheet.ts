import { isPhone } from '../../domain/imports/value-shapes.ts'
import { fileFault } from '../file-fault.ts'
import { HEAD_ROWS, findHeader, isEmail } from '../header.ts'
import type { WorkbookSheet } from './workbook.ts'

/** A fault names no more sheets. */
const MAX_NAMED = 50

type Cells = readonly (string | null)[]

/** The sheet of this name or number. The fault names those there are. */
export function namedSheet(sheets: readonly WorkbookSheet[], wanted: string): WorkbookSheet {
  const plain = (name: string) => name.trim().toLowerCase()
  const found =
    sheets.find(({ name }) => plain(name) === plain(wanted)) ?? sheets[Number(wanted) - 1]
  if (!found)
    throw fileFault('unknown_sheet', { sheets: sheets.slice(0, MAX_NAMED).map(({ name }) => name) })
  return found
}

/**
 * The sheet that is most like a list of people by its first rows: a cover sheet or a list of prices may
 * stand before it. Of sheets that are alike, it is the first. Hidden sheets only where all are hidden.
 */
export async function likelySheet(
  sheets: readonly WorkbookSheet[],
  headOf: (sheet: WorkbookSheet) => Promise<readonly Cells[]>
): Promise<WorkbookSheet> {
  const visible = sheets.filter(({ isVisible }) => isVisible)
  const eligible = visible.length > 0 ? visible : sheets
  let best: { sheet: WorkbookSheet; likeness: number } | null = null
  for (const sheet of eligible) {
    const likeness = eligible.length === 1 ? 0 : likenessOf(await headOf(sheet))
    if (best === null || likeness > best.likeness) best = { sheet, likeness }
  }
  if (best === null) throw fileFault('workbook_without_sheet')
  return best.sheet
}

/** A column of e-mails or phones says more than known names; a list has columns, and a cover has none. */
function likenessOf(rows: readonly Cells[]): number {
  if (rows.length === 0) return 0
  const head = rows.slice(0, HEAD_ROWS)
  const { at, isKnown } = findHeader(head)
  const below = head.slice(at + 1)
  const width = Math.max(0, ...below.map((cells) => cells.length))
  const hasPoints = below.length > 0 && hasColumn(below, width)
  const isTable = below.some((cells) => cells.filter((cell) => cell !== null).length > 1)
  return 1 + (hasPoints ? 4 : 0) + (isKnown && below.length > 0 ? 2 : 0) + (isTable ? 1 : 0)
}

/** Whether at least half of the values of a column are e-mails or phones. */
function hasColumn(rows: readonly Cells[], width: number): boolean {
  return Array.from({ length: width }, (_, at) =>
    rows.map((cells) => cells[at]?.trim() ?? '').filter((text) => text !== '')
  ).some((values) => {
    const points = values.filter((text) => isEmail(text) || isPhone(text))
    return (
      points.length > 0 && points.length >= values.length / 2 && values.length >= rows.length / 2
    )
  })
}
